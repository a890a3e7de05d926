package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The arithmetic of the costs in {@code docs/delivery.md}, in dollars per million. Prices are list
 * prices of us-east-1, noted in November 2026: those of {@link Cost}, and of
 * aws.amazon.com/cloudfront/pricing, /fargate/pricing and /elasticloadbalancing/pricing.
 */
class DeliveryCostTest {

  private static final double HTTPS_REQUESTS = 1.00;
  private static final double GB_TO_CLIENTS = 0.085;
  private static final double EDGE_FUNCTION = 0.10;
  private static final double KEY_VALUE_STORE = 0.03;
  private static final double LOAD_BALANCER_HOUR = 0.0225;
  private static final double VCPU_HOUR = 0.04048;
  private static final double GB_HOUR = 0.004445;
  private static final double HOURS = 730;

  private static final double GIGABYTES = 20; // a million thumbnails of 20 kB
  private static final double MISSES = 0.05;
  private static final double LOG_BYTES = 1500;

  private static String text(double dollars) {
    return String.format(Locale.ROOT, "%.2f", dollars);
  }

  @Test
  void figures_areThoseOfTheDocument() throws Exception {
    double cloudFront = HTTPS_REQUESTS + GIGABYTES * GB_TO_CLIENTS;
    double misses = MISSES * 1e6 * Cost.S3_GET;
    double views = cloudFront + EDGE_FUNCTION + KEY_VALUE_STORE + misses;
    // A tenth of a second, and one of a thousand starts that takes a second more
    double time = (0.1 + 0.001) * 1769 / 1024 * Cost.GB_SECOND_ARM * 1e6;
    double requests = (Cost.S3_PUT + 7 * Cost.S3_GET) * 1e6;
    double logs = LOG_BYTES / 1e9 * Cost.LOG_GB * 1e6;
    double renders = time + Cost.INVOCATION * 1e6 + requests + logs;
    double balancer = HOURS * LOAD_BALANCER_HOUR;
    double tasks = 2 * HOURS * (VCPU_HOUR + 2 * GB_HOUR);

    String document = Files.readString(Path.of("..", "docs", "delivery.md"));
    assertThat(document)
        .contains("| " + text(GIGABYTES * GB_TO_CLIENTS) + " |")
        .contains("| " + text(misses) + " |")
        .contains("| **together** | **" + text(views) + "** |")
        .contains("| " + text(time) + " + " + text(Cost.INVOCATION * 1e6) + " |")
        .contains("| " + text(requests) + " |", "| " + text(logs) + " |")
        .contains("| **together** | **" + text(renders) + "** |")
        .contains("| this | 0 | " + text(views) + " | " + text(renders) + ",")
        .contains("| imgproxy on Fargate")
        .contains("%.0f + %.0f | %s |".formatted(balancer, tasks, text(cloudFront)))
        .contains("as much as eight million renders");
    assertThat(Math.round((balancer + tasks) / renders)).isEqualTo(8);
  }
}
