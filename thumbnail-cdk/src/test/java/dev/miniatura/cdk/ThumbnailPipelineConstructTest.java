package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

class ThumbnailPipelineConstructTest {

  @Test
  void construct_inAStackWithoutThisModulesContext_isMade() {
    Stack stack = new Stack(new App(), "Website");
    ThumbnailPipelineConstruct pipeline =
        new ThumbnailPipelineConstruct(
            stack, "Thumbnails", Synthesis.settings().catalog(true).http(true).build());
    assertThat(stack.resolve(pipeline.source().getBucketName())).isNotNull();
    assertThat(stack.resolve(pipeline.destination().getBucketName())).isNotNull();
    assertThat(stack.resolve(pipeline.function().getFunctionArn())).isNotNull();
    assertThat(pipeline.catalog()).isPresent();
    assertThat(pipeline.httpEndpoint()).isPresent();
    assertThat(pipeline.records().getNode().getPath())
        .isEqualTo("Website/Thumbnails/Storage/Records");
  }
}
