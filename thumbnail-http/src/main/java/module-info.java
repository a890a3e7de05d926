/** Thumbnails on request: URLs, signatures and answers of HTTP, for any server. */
@org.jspecify.annotations.NullMarked
module dev.miniatura.http {
  requires transitive dev.miniatura.core;
  requires static org.jspecify;

  exports dev.miniatura.http;
}
