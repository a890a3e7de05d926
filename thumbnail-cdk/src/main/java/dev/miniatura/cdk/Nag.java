package dev.miniatura.cdk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/**
 * Reasons why a rule of cdk-nag does not apply, written where cdk-nag looks for them: in the
 * resource's metadata, so that the template itself explains them.
 */
final class Nag {

  private static final String METADATA = "cdk_nag";
  private static final String RULES = "rules_to_suppress";

  private Nag() {}

  /** Notes why a rule does not apply to a construct and everything in it. */
  static void accept(IConstruct construct, String rule, String reason) {
    for (IConstruct each : construct.getNode().findAll()) {
      if (CfnResource.isCfnResource(each)) {
        accept((CfnResource) each, rule, reason);
      }
    }
  }

  private static void accept(CfnResource resource, String rule, String reason) {
    List<Object> rules = new ArrayList<>();
    if (resource.getMetadata(METADATA) instanceof Map<?, ?> known
        && known.get(RULES) instanceof Collection<?> accepted) {
      rules.addAll(accepted);
    }
    // Sorted, so that the template is the same every time.
    rules.add(new TreeMap<>(Map.of("id", "AwsSolutions-" + rule, "reason", reason)));
    resource.addMetadata(METADATA, Map.of(RULES, rules));
  }
}
