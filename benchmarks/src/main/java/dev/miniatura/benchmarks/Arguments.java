package dev.miniatura.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tool's arguments: {@code --name value} pairs, and the rest. */
record Arguments(Map<String, List<String>> options, List<String> rest) {

  static Arguments of(String[] args) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--") && i + 1 < args.length) {
        options.computeIfAbsent(args[i].substring(2), name -> new ArrayList<>()).add(args[++i]);
      } else {
        rest.add(args[i]);
      }
    }
    return new Arguments(options, rest);
  }

  List<String> all(String name) {
    return options.getOrDefault(name, List.of());
  }

  String get(String name, String otherwise) {
    return all(name).isEmpty() ? otherwise : all(name).get(0);
  }

  int get(String name, int otherwise) {
    return Integer.parseInt(get(name, Integer.toString(otherwise)));
  }
}
