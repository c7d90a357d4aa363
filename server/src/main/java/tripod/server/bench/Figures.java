package tripod.server.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a rig found, in the order it found it. */
public final class Figures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Figure> all = new ArrayList<>();

  /** Starts with nothing found. */
  public Figures() {}

  /**
   * One figure.
   *
   * @param measure what was measured, with its circumstances
   * @param unit of the value, as {@code ms}
   */
  public record Figure(String measure, double value, String unit) {}

  /** Adds a figure. */
  public Figures add(String measure, double value, String unit) {
    all.add(new Figure(measure, value, unit));
    return this;
  }

  /** Adds a figure that was counted. */
  public Figures add(String measure, long count, String unit) {
    return add(measure, (double) count, unit);
  }

  /** Adds what another part of a rig found. */
  public Figures addAll(Figures others) {
    all.addAll(others.all);
    return this;
  }

  /** Adds the median, the 99th centile and the largest of times. */
  Figures addTimes(String measure, Latencies times) {
    return add(measure + ", p50", times.millis(0.5), "ms")
        .add(measure + ", p99", times.millis(0.99), "ms")
        .add(measure + ", most", times.millis(1), "ms");
  }

  /** Returns the value of a measure, when it was taken. */
  public Optional<Double> value(String measure) {
    return all.stream()
        .filter(figure -> figure.measure().equals(measure))
        .map(Figure::value)
        .findFirst();
  }

  /** Returns the figures as a Markdown table. */
  public String table() {
    StringBuilder table = new StringBuilder("| measure | value | unit |\n|---|--:|---|\n");
    for (Figure figure : all) {
      table.append(
          "| %s | %s | %s |\n".formatted(figure.measure(), shown(figure.value()), figure.unit()));
    }
    return table.toString();
  }

  /** Returns the figures as a JSON array. */
  public String json() {
    ArrayNode array = JSON.createArrayNode();
    for (Figure figure : all) {
      ObjectNode one = array.addObject();
      one.put("measure", figure.measure());
      one.put("value", figure.value());
      one.put("unit", figure.unit());
    }
    try {
      return JSON.writeValueAsString(array);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String shown(double value) {
    if (value == Math.rint(value) || Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
  }
}
