package dev.miniatura.cdk;

import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/**
 * The app that {@code cdk} runs. Context values with the names of {@link
 * ThumbnailPipelineProps.Builder}'s methods are the settings, for example {@code -c
 * specs=small=fit:256x256 -c vpc=true}; {@code -c stackName=Thumbnails} names the stack.
 */
public final class ThumbnailPipelineApp {

  private ThumbnailPipelineApp() {}

  /**
   * Synthesizes the stack.
   *
   * @param args none
   */
  public static void main(String[] args) {
    App app = new App();
    ContextSettings settings = new ContextSettings(app.getNode());
    Environment.Builder environment = Environment.builder();
    Optional.ofNullable(System.getenv("CDK_DEFAULT_ACCOUNT")).ifPresent(environment::account);
    Optional.ofNullable(System.getenv("CDK_DEFAULT_REGION")).ifPresent(environment::region);
    ThumbnailPipelineProps props;
    try {
      props = settings.props();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    new ThumbnailPipelineStack(
        app,
        settings.text("stackName").orElse("Miniatura"),
        StackProps.builder()
            .description("Miniatura: thumbnails of the images in a bucket")
            .env(environment.build())
            .build(),
        props);
    app.synth();
  }
}
