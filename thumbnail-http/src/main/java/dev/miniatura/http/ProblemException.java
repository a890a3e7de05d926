package dev.miniatura.http;

/** There is no thumbnail for a request. */
final class ProblemException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Problem problem;

  ProblemException(Problem problem) {
    this(problem, problem.message());
  }

  ProblemException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  ProblemException(Problem problem, Throwable cause) {
    super(problem.message(), cause);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
