package tripod.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tripod.podstore.PodFailure;
import tripod.server.translate.TranslateContext;
import tripod.server.translate.TranslateInput;
import tripod.server.translate.TranslateRun;

/** Shows one record, object or document in all three forms, with the code of the doors. */
@Command(
    name = "translate",
    mixinStandardHelpOptions = true,
    description =
        "Reads one record, object or Turtle document on standard input, prints all three views.",
    footer = {
      "",
      "The context says who the names in it are; the first of its \"actors\" is the writer:",
      "  {\"actors\":[{\"name\":\"alice\",\"did\":\"did:plc:…\",\"handle\":\"alice.example\",",
      "    \"actor\":\"https://alice.example/actor\",\"webid\":\"https://alice.example/profile/card#me\"}]}",
      "",
      "Examples:",
      "  tripod translate --from atproto --context context.json < post.json",
      "  tripod translate --batch --context context.json < vectors.jsonl"
    })
final class TranslateVerb implements Callable<Integer> {
  private static final List<String> DOORS = List.of("atproto", "activitypub", "solid");

  @Option(
      names = "--from",
      paramLabel = "DOOR",
      completionCandidates = Doors.class,
      description = "atproto, activitypub or solid")
  private @Nullable String from;

  @Option(
      names = "--context",
      required = true,
      paramLabel = "FILE",
      description = "whose names are known, as JSON")
  private Path context = Path.of("");

  @Option(names = "--json", description = "print one JSON object instead of three texts")
  private boolean json;

  @Option(
      names = "--batch",
      description = "read JSON lines {\"id\",\"source\",\"input\"}, write one JSON line each")
  private boolean batch;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private TranslateVerb() {}

  @Override
  public Integer call() throws IOException {
    if (!batch && (from == null || !DOORS.contains(from))) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "say --from atproto, activitypub or solid");
    }
    ObjectMapper mapper = new ObjectMapper();
    TranslateContext known = TranslateContext.read(mapper.readTree(Files.readAllBytes(context)));
    TranslateRun run = new TranslateRun(known);
    PrintWriter out = spec.commandLine().getOut();
    if (batch) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.isBlank()) {
            out.println(answer(run, mapper, mapper.readTree(line)));
          }
        }
      }
      out.flush();
      return 0;
    }
    String door = Objects.requireNonNull(from, "looked at above");
    String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    JsonNode tree = door.equals("solid") ? mapper.missingNode() : mapper.readTree(text);
    ObjectNode views = run.run(TranslateInput.of(door, text, tree, known.owner()));
    if (json) {
      out.println(views);
    } else {
      for (String view : new String[] {"atproto", "activitypub", "rdf", "losses"}) {
        JsonNode value = views.path(view);
        out.println("--- " + view);
        out.println(value.isTextual() ? value.asText() : value.toPrettyString());
      }
    }
    out.flush();
    return 0;
  }

  /** What the shell offers behind {@code --from}. */
  static final class Doors implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return DOORS.iterator();
    }
  }

  private static ObjectNode answer(TranslateRun run, ObjectMapper mapper, JsonNode line) {
    ObjectNode answer = mapper.createObjectNode().put("id", line.path("id").asText());
    try {
      answer.setAll(run.run(line.path("input")));
    } catch (PodFailure refused) {
      answer.put("error", refused.getMessage());
    }
    return answer;
  }
}
