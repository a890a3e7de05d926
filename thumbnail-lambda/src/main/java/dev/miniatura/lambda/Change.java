package dev.miniatura.lambda;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an event says about one object.
 *
 * @param kind what happened to it
 * @param bucket its bucket's name
 * @param key its key, decoded
 * @param entityTag what the event says of the object's content
 * @param size its length in bytes
 * @param versionId the version that the event is about, in a bucket with versioning
 * @param sequencer where the event comes in the order of this key's events
 */
record Change(
    Kind kind,
    String bucket,
    String key,
    Optional<String> entityTag,
    OptionalLong size,
    Optional<String> versionId,
    Optional<Sequencer> sequencer) {

  /** What happened. */
  enum Kind {
    /** The object, or a new version of it, is there. */
    CREATED,
    /** The object, or a version of it, is gone. */
    REMOVED,
    /** Something that does not change what the object shows. */
    OTHER
  }

  /** Returns whether both events are about the same object and this one comes later. */
  boolean supersedes(Change other) {
    return sequencer.isEmpty()
        || other.sequencer.isEmpty()
        || sequencer.get().compareTo(other.sequencer.get()) >= 0;
  }
}
