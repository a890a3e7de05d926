package dev.miniatura.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Alarms and a dashboard for the metrics of the function, its queue and the pipeline. */
final class Monitoring extends Construct {

  private static final int MINUTES = 5;

  private static final int SHARE_MINUTES = 15;

  /** The share of the function's timeout beyond which it is no longer safe. */
  private static final double LONG = 0.9;

  private static final int WIDTH = 8;

  final Topic topic;
  private final List<Alarm> alarms = new ArrayList<>();

  Monitoring(
      Construct scope,
      ThumbnailPipelineProps props,
      Delivery delivery,
      ThumbnailFunction function,
      Optional<HttpEntrance> http) {
    super(scope, "Monitoring");
    topic = Topic.Builder.create(this, "Alarms").enforceSsl(true).build();
    // The topic's own policy replaces the default one that lets its account publish.
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
            .build());
    props.alarmEmail.ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));
    alarms(props, delivery, function.function, http);
    dashboard(delivery, function.function);
    new SavedQueries(this, scope.getNode().getId(), function.logs);
  }

  private void alarms(
      ThumbnailPipelineProps props,
      Delivery delivery,
      Function function,
      Optional<HttpEntrance> http) {
    ThumbnailPipelineProps.AlarmThresholds limits = props.alarms;
    alarm(
        "Errors",
        "Invocations failed as a whole: see the saved query 'failures'.",
        share(limits, List.of(function.metricErrors()), List.of(function.metricInvocations())),
        limits.errorPercent());
    alarm(
        "Throttles",
        "Lambda refused invocations: the account's or the function's concurrency is used up.",
        share(
            limits,
            List.of(function.metricThrottles()),
            List.of(function.metricInvocations(), function.metricThrottles())),
        limits.errorPercent());
    alarm(
        "Slow",
        "Invocations take 90 % of their timeout: raise memory or timeout, or lower batchSize.",
        function.metricDuration(statistic("p90")),
        LONG * props.timeout.toMillis());
    alarm(
        "DeadLetters",
        "Messages failed all their tries; see 'Redrive' in the project's documentation.",
        delivery.deadLetters.metricApproximateNumberOfMessagesVisible(statistic("Maximum")),
        limits.deadLetters());
    alarm(
        "Backlog",
        "Images are waiting: more arrive than can be processed, or they fail again and again.",
        delivery.queue.metricApproximateAgeOfOldestMessage(statistic("Maximum")),
        (double) limits.backlog().toSeconds());
    alarm(
        "Retryable",
        "Images fail because of permissions, keys or the network. They will be retried.",
        share(limits, List.of(outcome("Retryable", function)), images(function)),
        limits.errorPercent());
    alarm(
        "Images",
        "Many images are refused for a limit, or cannot be read: has an uploader changed?",
        share(
            limits,
            List.of(outcome("refused", function), outcome("failed", function)),
            images(function)),
        limits.imagePercent());
    http.ifPresent(
        entrance ->
            alarm(
                "Http",
                "Requests over HTTP were answered with server errors.",
                share(
                    limits,
                    List.of(entrance.api.metricServerError()),
                    List.of(entrance.api.metricCount())),
                limits.errorPercent()));
  }

  /** Adds the alarm of a function that answers requests for thumbnails. */
  void delivery(Construct scope, ThumbnailPipelineProps.AlarmThresholds limits, Function function) {
    alarm(
        scope,
        "Failures",
        "Requests for thumbnails fail, or are refused because all invocations are in use.",
        share(
            limits,
            List.of(function.metricErrors(), function.metricThrottles()),
            List.of(function.metricInvocations(), function.metricThrottles())),
        limits.errorPercent());
  }

  private static List<IMetric> images(Function function) {
    return List.of(outcome("Images", function));
  }

  /**
   * Returns a share in percent, or 0 while there are too few for a share to be meaningful: one
   * failure of two is no reason to wake someone.
   */
  private static IMetric share(
      ThumbnailPipelineProps.AlarmThresholds limits, List<IMetric> parts, List<IMetric> wholes) {
    Map<String, IMetric> metrics = new TreeMap<>();
    String part = sum("part", parts, metrics);
    String whole = sum("whole", wholes, metrics);
    return MathExpression.Builder.create()
        .expression(
            "IF(%s >= %d, 100 * (%s) / (%s), 0)".formatted(whole, limits.minimum(), part, whole))
        .usingMetrics(metrics)
        .period(Duration.minutes(SHARE_MINUTES))
        .label("percent")
        .build();
  }

  private static String sum(String name, List<IMetric> of, Map<String, IMetric> metrics) {
    List<String> names = new ArrayList<>();
    for (IMetric metric : of) {
      String id = name + (names.size() + 1);
      metrics.put(id, ((Metric) metric).with(MetricOptions.builder().statistic("Sum").build()));
      names.add("FILL(" + id + ", 0)");
    }
    return String.join(" + ", names);
  }

  private void alarm(String id, String description, IMetric metric, double above) {
    alarms.add(alarm(this, id, description, metric, above));
  }

  private Alarm alarm(
      Construct scope, String id, String description, IMetric metric, double above) {
    Alarm alarm =
        Alarm.Builder.create(scope, id)
            .alarmDescription(description)
            .metric(metric)
            .threshold(above)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  }

  private static MetricOptions statistic(String name) {
    return MetricOptions.builder().statistic(name).period(Duration.minutes(MINUTES)).build();
  }

  /** Returns a metric that the function writes to its log in the embedded metric format. */
  private static Metric outcome(String name, Function function) {
    return Metric.Builder.create()
        .namespace("Miniatura")
        .metricName(name)
        .dimensionsMap(Map.of("function", function.getFunctionName()))
        .statistic("Sum")
        .period(Duration.minutes(MINUTES))
        .build();
  }

  private void dashboard(Delivery delivery, Function function) {
    Dashboard dashboard = Dashboard.Builder.create(this, "Dashboard").build();
    dashboard.addWidgets(
        AlarmStatusWidget.Builder.create()
            .title("Alarms")
            .width(3 * WIDTH)
            .height(3)
            .alarms(List.copyOf(alarms))
            .build());
    dashboard.addWidgets(
        graph("Images", outcomes(function, "written", "unchanged", "removed", "skipped")),
        graph("Trouble", outcomes(function, "refused", "failed", "unfinished", "Retryable")),
        graph("Bytes", outcomes(function, "BytesIn", "BytesOut")));
    dashboard.addWidgets(
        graph(
            "Milliseconds per invocation",
            List.of(
                function.metricDuration(statistic("p50")),
                function.metricDuration(statistic("p99")),
                function.metricDuration(statistic("Maximum")))),
        graph(
            "Invocations",
            List.of(
                function.metricInvocations(statistic("Sum")),
                function.metricErrors(statistic("Sum")),
                function.metricThrottles(statistic("Sum")))),
        graph(
            "Invocations at a time",
            List.of(function.metric("ConcurrentExecutions", statistic("Maximum")))));
    dashboard.addWidgets(
        graph(
            "Messages",
            List.of(
                delivery.queue.metricApproximateNumberOfMessagesVisible(statistic("Maximum")),
                delivery.queue.metricApproximateNumberOfMessagesNotVisible(statistic("Maximum")))),
        graph(
            "Seconds that the oldest message has waited",
            List.of(delivery.queue.metricApproximateAgeOfOldestMessage(statistic("Maximum")))),
        graph(
            "Dead letters",
            List.of(
                delivery.deadLetters.metricApproximateNumberOfMessagesVisible(
                    statistic("Maximum")))));
  }

  private static List<IMetric> outcomes(Function function, String... names) {
    List<IMetric> metrics = new ArrayList<>();
    for (String name : names) {
      metrics.add(outcome(name, function));
    }
    return metrics;
  }

  private static IWidget graph(String title, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).width(WIDTH).height(6).left(metrics).build();
  }
}
