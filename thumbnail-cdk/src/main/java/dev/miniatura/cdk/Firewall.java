package dev.miniatura.cdk;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.constructs.Construct;

/** A firewall that limits the requests of an address. */
final class Firewall {

  private static final String REGION = "us-east-1";

  private Firewall() {}

  /** Returns the ARN of a new firewall, if there is a rate limit. */
  static Optional<String> arn(Construct scope, OptionalInt requests) {
    if (requests.isEmpty()) {
      return Optional.empty();
    }
    if (!Stack.of(scope).getRegion().equals(REGION)) {
      throw new IllegalArgumentException(
          "rateLimit: CloudFront has its firewalls in us-east-1, and this stack is not known to be"
              + " there; make one there, and name it with webAclArn");
    }
    CfnWebACL firewall =
        CfnWebACL.Builder.create(scope, "Firewall")
            .description("How often an address may ask for thumbnails")
            .scope("CLOUDFRONT")
            .defaultAction(
                CfnWebACL.DefaultActionProperty.builder()
                    .allow(CfnWebACL.AllowActionProperty.builder().build())
                    .build())
            .visibilityConfig(measured("Thumbnails"))
            .rules(
                List.of(
                    CfnWebACL.RuleProperty.builder()
                        .name("Rate")
                        .priority(0)
                        .action(
                            CfnWebACL.RuleActionProperty.builder()
                                .block(CfnWebACL.BlockActionProperty.builder().build())
                                .build())
                        .statement(
                            CfnWebACL.StatementProperty.builder()
                                .rateBasedStatement(
                                    CfnWebACL.RateBasedStatementProperty.builder()
                                        .limit(requests.getAsInt())
                                        .aggregateKeyType("IP")
                                        .build())
                                .build())
                        .visibilityConfig(measured("ThumbnailsRate"))
                        .build()))
            .build();
    return Optional.of(firewall.getAttrArn());
  }

  private static CfnWebACL.VisibilityConfigProperty measured(String metric) {
    return CfnWebACL.VisibilityConfigProperty.builder()
        .cloudWatchMetricsEnabled(true)
        .metricName(metric)
        .sampledRequestsEnabled(true)
        .build();
  }
}
