package dev.miniatura.lambda;

import dev.miniatura.ThumbnailSpec;
import java.util.List;
import java.util.Optional;

/** A request to the function. Each kind has its own way of reporting failures. */
sealed interface Request {

  /**
   * Changes that a service reports and nobody waits for: S3, SNS, EventBridge. The service sends
   * the event again if the function fails.
   *
   * @param changes the objects; none for the message with which S3 tests a new configuration
   */
  record Notification(List<Change> changes) implements Request {
    /** Makes the list unmodifiable. */
    public Notification {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Messages of a queue. Those reported as failed are redelivered.
   *
   * @param messages the messages, in their order
   */
  record Queue(List<Message> messages) implements Request {
    /** Makes the list unmodifiable. */
    public Queue {
      messages = List.copyOf(messages);
    }
  }

  /**
   * One message of a queue.
   *
   * @param id the queue's id of the message
   * @param first whether this is the first delivery
   * @param changes the objects that it is about
   * @param refused why it is not understood, if so
   */
  record Message(String id, boolean first, List<Change> changes, Optional<EventException> refused) {
    /** Makes the list unmodifiable. */
    public Message {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Tasks of an S3 Batch Operations job, each of which gets an answer.
   *
   * @param schema version of the format
   * @param invocation the job's id of this request
   * @param tasks the tasks
   */
  record BatchJob(String schema, String invocation, List<Task> tasks) implements Request {
    /** Makes the list unmodifiable. */
    public BatchJob {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * One task of a job.
   *
   * @param id the job's id of the task
   * @param change the object
   */
  record Task(String id, Change change) {}

  /**
   * One object, named by a caller that waits for the outcome.
   *
   * @param change the object
   */
  record Direct(Change change) implements Request {}

  /** A request over HTTP, whose sender waits for a status. */
  sealed interface Http extends Request {

    /** Returns whether the answer's headers must be lists. */
    boolean headerLists();
  }

  /**
   * An image sent over HTTP, to be stored and rendered to thumbnails.
   *
   * @param key where to store it, without the source's prefix
   * @param image the image
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Upload(String key, byte[] image, boolean headerLists) implements Http {}

  /**
   * A request for a form that uploads an image to the bucket directly.
   *
   * @param caller who asks
   * @param name the image's name, of which only the extension is kept
   * @param type its media type; empty if unknown
   */
  record NewUpload(Optional<String> caller, String name, String type, boolean headerLists)
      implements Http {}

  /**
   * A request for the status of such an upload.
   *
   * @param caller who asks
   * @param id the upload's id
   */
  record UploadStatus(Optional<String> caller, String id, boolean headerLists) implements Http {}

  /**
   * An image whose thumbnail is sent back; nothing is stored.
   *
   * @param spec the thumbnail's
   * @param image the image
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Render(ThumbnailSpec spec, byte[] image, boolean headerLists) implements Http {}

  /** A health check over HTTP. */
  record Health(boolean headerLists) implements Http {}

  /**
   * Another request over HTTP, which has no meaning here.
   *
   * @param status the status to answer with
   * @param reason why, in words
   */
  record BadHttp(int status, String reason, boolean headerLists) implements Http {}
}
