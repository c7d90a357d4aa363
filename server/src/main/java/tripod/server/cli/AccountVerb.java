package tripod.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accounts of the server. */
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description = "Makes, lists, suspends and deletes accounts.",
    synopsisSubcommandLabel = "create|list|show|quota|suspend|takedown|restore|delete",
    footer = {"", "Example:", "  tripod account create alice --email alice@mail.example"})
final class AccountVerb implements Runnable {
  private static final String WHO = "the account's name, handle or DID";

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private AccountVerb() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "say what to do: create, list, show, quota, suspend, takedown, restore or delete");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes an account and prints all its addresses.",
      footer = {"", "Example:", "  tripod account create alice --password 'a long one'"})
  void create(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = "the part before the host's domain")
          String name,
      @Option(names = "--email", paramLabel = "ADDRESS", description = "where codes are mailed")
          @Nullable String email,
      @Option(
              names = "--password",
              paramLabel = "PASSWORD",
              interactive = true,
              arity = "0..1",
              echo = false,
              description = "10 to 256 characters; asked for when no value is given")
          @Nullable String password) {
    Map<String, String> body = new HashMap<>();
    body.put("name", name);
    ServerOptions.put(body, "email", email);
    ServerOptions.put(body, "password", password);
    try (AdminClient admin = AdminClient.open(server.given())) {
      print(admin.send("POST", "/api/admin/accounts", body));
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists accounts, a line each.",
      footer = {"", "Example:", "  tripod account list"})
  void list(@Mixin ServerOptions server) {
    try (AdminClient admin = AdminClient.open(server.given())) {
      for (JsonNode account : admin.get("/api/admin/accounts").path("accounts")) {
        spec.commandLine()
            .getOut()
            .printf(
                "%-24s %-36s %s%n",
                account.path("handle").asText(),
                account.path("did").asText(),
                account.path("state").asText());
      }
      spec.commandLine().getOut().flush();
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one account with its addresses.",
      footer = {"", "Example:", "  tripod account show alice"})
  void show(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = WHO) String name) {
    try (AdminClient admin = AdminClient.open(server.given())) {
      print(admin.get(AdminClient.account(name)));
    }
  }

  @Command(
      name = "suspend",
      mixinStandardHelpOptions = true,
      description = "Closes an account to all doors; nothing is lost.",
      footer = {"", "Example:", "  tripod account suspend alice"})
  void suspend(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = WHO) String name) {
    state(server, name, Map.of("state", "suspended"));
  }

  @Command(
      name = "takedown",
      mixinStandardHelpOptions = true,
      description = "Takes an account down: its owner may only move away.",
      footer = {"", "Example:", "  tripod account takedown alice --ref 'case 7'"})
  void takedown(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = WHO) String name,
      @Option(names = "--ref", paramLabel = "NOTE", description = "a note for operators")
          @Nullable String ref) {
    Map<String, String> body = new HashMap<>(Map.of("state", "takendown"));
    ServerOptions.put(body, "ref", ref);
    state(server, name, body);
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Opens an account again that was suspended or taken down.",
      footer = {"", "Example:", "  tripod account restore alice"})
  void restore(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = WHO) String name) {
    state(server, name, Map.of("state", "active"));
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Deletes an account with its pod, for good.",
      footer = {"", "Example:", "  tripod account delete alice --yes"})
  void delete(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = WHO) String name,
      @Option(names = "--yes", required = true, description = "say that you mean it") boolean yes) {
    try (AdminClient admin = AdminClient.open(server.given())) {
      print(admin.send("DELETE", AdminClient.account(name), Map.of()));
    }
  }

  @Command(
      name = "quota",
      mixinStandardHelpOptions = true,
      description = "Sets how many bytes an account may take up; default makes it as all others.",
      footer = {"", "Example:", "  tripod account quota alice 1073741824"})
  void quota(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = WHO) String name,
      @Parameters(paramLabel = "BYTES", description = "a number, or the word default")
          String bytes) {
    try (AdminClient admin = AdminClient.open(server.given())) {
      print(admin.send("POST", AdminClient.account(name) + "/quota", Map.of("bytes", bytes)));
    }
  }

  private void state(ServerOptions server, String name, Map<String, String> body) {
    try (AdminClient admin = AdminClient.open(server.given())) {
      print(admin.send("POST", AdminClient.account(name) + "/state", body));
    }
  }

  private void print(JsonNode answer) {
    answer
        .properties()
        .forEach(
            field ->
                spec.commandLine()
                    .getOut()
                    .printf("%-14s %s%n", field.getKey(), field.getValue().asText()));
    spec.commandLine().getOut().flush();
  }
}
