package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Condition;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract against the object gateway of Ceph 16.2.15, which is part of Debian 12; run by
 * {@code mvn -Pceph}. The permitted deviations and their causes:
 *
 * <table>
 * <caption>Deviations</caption>
 * <tr><th>deviation</th><th>whose</th><th>why</th></tr>
 * <tr><td>the version stays when the same bytes are written again</td><td>S3, and the store's
 * choice</td><td>the version is the entity tag, which S3 makes from the content</td></tr>
 * <tr><td>a write conditional on a version is always a conflict</td><td>server</td><td>PUT compares
 * If-Match with its own tag, quotes and all; with bare tags, against RFC 9110, it is right</td></tr>
 * <tr><td>a prefix with {@code %} not followed by two hexadecimal digits cannot be listed</td><td>server</td><td>it says that names are encoded for a URL, and encodes keys, but not
 * the prefix that it repeats</td></tr>
 * <tr><td>a prefix with control characters cannot be listed</td><td>server</td><td>for the same
 * reason: XML 1.0 has no such characters, escaped or not</td></tr>
 * </table>
 *
 * Objects whose keys contain such a prefix are stored, read, listed and deleted like any others.
 */
@Tag("ceph")
class CephContractTest extends S3Contract {

  @Override
  TestServer startServer() throws Exception {
    return TestServer.ceph();
  }

  @Override
  public Set<Deviation> deviations() {
    return EnumSet.of(Deviation.VERSION_IS_CONTENT, Deviation.NO_CONDITION_ON_VERSION);
  }

  @Override
  public boolean mayRefusePrefix(String prefix) {
    return prefix.equals("percent%20/100%.jpg") || prefix.equals("\u0001control");
  }

  @Test
  void put_ifUnchanged_isAConflictAndWritesNothing() throws IOException {
    ImageStore store = createStore();
    String version = store.put("key", content("one"), Attributes.none());
    Condition unchanged = Condition.unchanged(version);
    assertThat(
            catchThrowableOfType(
                    StoreException.class,
                    () -> store.put("key", content("two"), Attributes.none(), unchanged))
                .kind())
        .isEqualTo(Kind.CONFLICT);
    assertThat(store.open("key").open()).hasContent("one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%.jpg", "\u0001control"})
  void list_prefixThatTheServerRepeatsUnencoded_isRejected(String prefix) throws IOException {
    try (Stream<Entry> entries = createStore().list(prefix)) {
      assertThat(catchThrowableOfType(UncheckedIOException.class, entries::toList).getCause())
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REJECTED));
    }
  }
}
