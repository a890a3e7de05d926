package dev.miniatura.cdk;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.codedeploy.ILambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentGroup;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/** Shifts traffic to a new version of the function step by step, and rolls back if it fails. */
final class Rollout extends Construct {

  Rollout(Construct scope, ThumbnailPipelineProps.Deployment deployment, Alias alias) {
    super(scope, "Rollout");
    Alarm errors =
        Alarm.Builder.create(this, "Errors")
            .alarmDescription(
                "Invocations fail while a new version takes over; the deployment is rolled back.")
            .metric(
                alias.metricErrors(
                    MetricOptions.builder().statistic("Sum").period(Duration.minutes(1)).build()))
            .threshold(0)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    LambdaDeploymentGroup group =
        LambdaDeploymentGroup.Builder.create(this, "Group")
            .alias(alias)
            .deploymentConfig(configuration(deployment))
            .alarms(List.of(errors))
            .build();
    Nag.accept(
        group,
        "IAM4",
        "The managed policy for CodeDeploy and Lambda moves aliases, calls hooks and reads"
            + " alarms.");
  }

  private static ILambdaDeploymentConfig configuration(
      ThumbnailPipelineProps.Deployment deployment) {
    return deployment == ThumbnailPipelineProps.Deployment.CANARY
        ? LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES
        : LambdaDeploymentConfig.LINEAR_10_PERCENT_EVERY_1_MINUTE;
  }
}
