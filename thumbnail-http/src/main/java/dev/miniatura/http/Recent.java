package dev.miniatura.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A bounded map that forgets the entry that was used least recently. */
final class Recent<T> {

  private final Map<String, T> values;

  Recent(int max) {
    values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > max;
          }
        };
  }

  synchronized Optional<T> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  synchronized void put(String key, T value) {
    values.put(key, value);
  }
}
