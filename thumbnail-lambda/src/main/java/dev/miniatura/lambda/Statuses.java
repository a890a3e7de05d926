package dev.miniatura.lambda;

import java.io.IOException;
import java.util.List;

/** The status of images, as recorded in the catalog. */
@FunctionalInterface
interface Statuses {

  /**
   * The status of an image for one spec.
   *
   * @param spec the spec's name
   * @param outcome {@code written}, {@code refused} or {@code failed}
   * @param detail the reason in words; may be empty
   * @param thumbnail the thumbnail's key; empty if there is none
   */
  record Status(String spec, String outcome, String detail, String thumbnail) {}

  /**
   * Returns the status for each spec; empty if the image was not processed.
   *
   * @param key the image's key in the source
   */
  List<Status> of(String key) throws IOException;
}
