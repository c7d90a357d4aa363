package tripod.server.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in one line what stopped a verb. */
final class PlainWords {
  private PlainWords() {}

  /** Returns the words for a failure, without the names of our classes where that can be. */
  static String of(Throwable failure) {
    if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      return of(wrapped.getCause());
    }
    if (failure instanceof FileSystemException file && file.getFile() != null) {
      return of(file);
    }
    if (failure instanceof JsonProcessingException json) {
      return of(json);
    }
    String message = failure.getMessage();
    if (message != null) {
      return message.replace("\r", "").replace('\n', ' ');
    }
    Throwable cause = failure.getCause();
    return cause == null ? failure.getClass().getSimpleName() : of(cause);
  }

  private static String of(JsonProcessingException failure) {
    JsonLocation at = failure.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return "what was given is not JSON: it cannot be read on" + where;
  }

  private static String of(FileSystemException failure) {
    String reason =
        switch (failure) {
          case NoSuchFileException gone -> "there is no such file or folder";
          case AccessDeniedException denied -> "this user may not";
          default -> failure.getReason() == null ? "it cannot be used" : failure.getReason();
        };
    return "cannot read or write " + failure.getFile() + ": " + reason;
  }
}
