package dev.miniatura.cdk;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.logs.CfnQueryDefinition;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Queries on the function's log, saved in the console of CloudWatch Logs Insights. */
final class SavedQueries extends Construct {

  private final String pipeline;
  private final LogGroup logs;

  SavedQueries(Construct scope, String pipeline, LogGroup logs) {
    super(scope, "Queries");
    this.pipeline = pipeline;
    this.logs = logs;
    save(
        "failures",
        """
        filter level in ["ERROR", "WARN"]
        | fields @timestamp, outcome, retryable, key, detail, requestId
        | sort @timestamp desc
        | limit 200\
        """);
    save("outcomes", "filter ispresent(outcome) | stats count(*) by outcome, bin(1h)");
    save(
        "slowest images",
        """
        filter outcome = "written"
        | fields key, msCheck + msGet + msDecode + msEncode + msPut as ms,
            msGet, msDecode, msEncode, msPut, bytesIn
        | sort ms desc
        | limit 50\
        """);
    save(
        "one image",
        """
        filter key = "REPLACE"
        | fields @timestamp, event, outcome, detail, @message
        | sort @timestamp desc\
        """);
    save(
        "time and memory",
        """
        filter @type = "REPORT"
        | stats count(*) as invocations, pct(@duration, 50), pct(@duration, 99),
            sum(@billedDuration), max(@maxMemoryUsed) / 1000 / 1000 as megabytes by bin(1h)\
        """);
  }

  private void save(String name, String query) {
    CfnQueryDefinition.Builder.create(this, name)
        .name("Miniatura/" + Aws.STACK_NAME + "/" + pipeline + "/" + name)
        .logGroupNames(List.of(logs.getLogGroupName()))
        .queryString(query)
        .build();
  }
}
