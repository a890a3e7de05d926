package dev.miniatura.lambda;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an event says about one object.
 *
 * @param kind what happened to it
 * @param bucket its bucket's name
 * @param key its key, decoded
 * @param entityTag the entity tag of the object's content, according to the event
 * @param size its length in bytes
 * @param versionId the version that the event is about, in a versioned bucket
 * @param sequencer the event's place in the order of this key's events
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
    /** The object, or a new version of it, was created. */
    CREATED,
    /** The object, or a version of it, was deleted. */
    REMOVED,
    /** Something that does not change the object's content. */
    OTHER
  }

  /** Returns whether both events are about the same object and this one comes later. */
  boolean supersedes(Change other) {
    return sequencer.isEmpty()
        || other.sequencer.isEmpty()
        || sequencer.get().compareTo(other.sequencer.get()) >= 0;
  }
}
