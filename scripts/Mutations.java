import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints what {@code mvn -Ppit} has found: for each package, how many mutants there are and how many
 * were killed, then those that survived, with what {@code docs/mutation-testing.md} says of them.
 * Fails if it says nothing of one. Usage: {@code java scripts/Mutations.java}, in the checkout.
 */
class Mutations {

  private static final Pattern EXPLAINED = Pattern.compile("^\\| `([^`]+)` \\| ([^|]+) \\|.*");

  public static void main(String[] args) throws Exception {
    Map<String, String> explained = new HashMap<>();
    for (String line : Files.readAllLines(Path.of("docs/mutation-testing.md"))) {
      Matcher row = EXPLAINED.matcher(line);
      if (row.matches()) {
        explained.put(row.group(1), row.group(2).strip());
      }
    }
    List<Path> reports;
    try (Stream<Path> modules = Files.list(Path.of("."))) {
      reports =
          modules
              .map(module -> module.resolve("target/pit-reports/mutations.xml"))
              .filter(Files::exists)
              .sorted()
              .toList();
    }
    if (reports.isEmpty()) {
      System.err.println("no reports; run mvn -Ppit first");
      System.exit(2);
    }
    System.out.println("| package | mutants | killed | by a timeout | survived | killed, % |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    TreeSet<String> survivors = new TreeSet<>();
    for (Path report : reports) {
      survivors.addAll(table(report));
    }
    System.out.println();
    boolean all = true;
    for (String survivor : survivors) {
      String where = survivor.substring(0, survivor.indexOf(':'));
      String why = explained.getOrDefault(where, "NOT EXPLAINED");
      all &= explained.containsKey(where);
      System.out.println(survivor + " - " + why);
    }
    System.exit(all ? 0 : 1);
  }

  private static List<String> table(Path report) throws Exception {
    NodeList mutants =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("mutation");
    Map<String, int[]> counts = new TreeMap<>();
    List<String> survivors = new ArrayList<>();
    for (int i = 0; i < mutants.getLength(); i++) {
      Element mutant = (Element) mutants.item(i);
      String type = text(mutant, "mutatedClass").replace("dev.miniatura.", "");
      int[] count = counts.computeIfAbsent(type.replaceAll("\\.[A-Z].*", ""), none -> new int[4]);
      String status = mutant.getAttribute("status");
      boolean killed = mutant.getAttribute("detected").equals("true");
      count[0]++;
      count[1] += killed ? 1 : 0;
      count[2] += status.equals("TIMED_OUT") ? 1 : 0;
      count[3] += killed ? 0 : 1;
      if (!killed) {
        survivors.add(
            "%s.%s: line %s, %s%s"
                .formatted(
                    type,
                    text(mutant, "mutatedMethod").replaceAll("lambda\\$(\\w+)\\$\\d+", "$1"),
                    text(mutant, "lineNumber"),
                    text(mutant, "description").replaceAll(" for dev/.*", ""),
                    status.equals("NO_COVERAGE") ? " (no test comes here)" : ""));
      }
    }
    counts.forEach(
        (name, count) ->
            System.out.printf(
                "| %s | %d | %d | %d | %d | %.1f |%n",
                name, count[0], count[1], count[2], count[3], 100.0 * count[1] / count[0]));
    return survivors;
  }

  private static String text(Element mutant, String name) {
    return mutant.getElementsByTagName(name).item(0).getTextContent();
  }
}
