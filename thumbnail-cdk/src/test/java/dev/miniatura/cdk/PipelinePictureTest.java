package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PipelinePictureTest {

  @Test
  void picture_isThatOfTheFullTemplate() throws IOException {
    CheckedIn.assertUpToDate(
        Path.of("docs/pipeline.svg"), new PipelinePicture(Resources.of(Synthesis.Kind.FULL)).svg());
  }

  @Test
  void titles_areOfWhatTheTemplateHolds() {
    assertThat(new PipelinePicture(Resources.of(Synthesis.Kind.FULL)).titles())
        .contains(
            "HTTP API",
            "Source bucket tells EventBridge rule",
            "EventBridge rule tells Queue",
            "Queue gives up Dead letters",
            "Queue calls Function",
            "Batch Operations calls Function",
            "Function writes Destination bucket",
            "Function records Catalog",
            "Dead letters alarm Alarms, dashboard",
            "VPC")
        .doesNotContain("Source bucket tells Queue");
    assertThat(new PipelinePicture(Resources.of(Synthesis.Kind.DEFAULT)).titles())
        .contains("Source bucket tells Queue")
        .doesNotContain("HTTP API", "Catalog", "VPC", "EventBridge rule");
  }
}
