package tripod.server.wiring;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * How the server's log looks: one line an entry, on standard error, with control characters of what
 * strangers sent made visible (SEC-94).
 */
final class Logs {
  private static final Logger ROOT = Logger.getLogger("");
  // Loggers that are configured must be held, or they are collected with their level.
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");
  private static final Logger JAVALIN = Logger.getLogger("io.javalin");
  private static final Logger JAVALIN_START = Logger.getLogger("io.javalin.Javalin");

  private Logs() {}

  /** Sets the log up for the process. */
  static void setUp() {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    ConsoleHandler handler = new ConsoleHandler();
    handler.setFormatter(new OneLine());
    ROOT.addHandler(handler);
    FLYWAY.setLevel(Level.WARNING);
    JETTY.setLevel(Level.WARNING);
    JAVALIN.setLevel(Level.WARNING);
    // Whoever called for the start is told of its failure, in plainer words.
    JAVALIN_START.setFilter(entry -> !"Failed to start Javalin".equals(entry.getMessage()));
  }

  private static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord entry) {
      StringBuilder line = new StringBuilder(160);
      line.append(entry.getInstant())
          .append(' ')
          .append(entry.getLevel().getName())
          .append(' ')
          .append(entry.getLoggerName())
          .append(": ");
      visible(line, formatMessage(entry));
      Throwable cause = entry.getThrown();
      while (cause != null) {
        line.append(" | ").append(cause.getClass().getName()).append(": ");
        visible(line, String.valueOf(cause.getMessage()));
        StackTraceElement[] trace = cause.getStackTrace();
        for (int i = 0; i < Math.min(trace.length, 6); i++) {
          line.append(" < ").append(trace[i]);
        }
        cause = cause.getCause();
      }
      return line.append('\n').toString();
    }

    private static void visible(StringBuilder line, String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\n') {
          line.append("\\n");
        } else if (c < 0x20 || c == 0x7f) {
          line.append("\\x").append(Integer.toHexString(c));
        } else {
          line.append(c);
        }
      }
    }
  }
}
