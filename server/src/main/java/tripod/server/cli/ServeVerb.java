package tripod.server.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tripod.server.wiring.Running;

/** Starts the server and stays. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Starts the server; the last line printed is 'ready ADDRESS'.",
    footer = {
      "",
      "Without a configuration file this is the lab: loopback only, plain HTTP, open sign-up.",
      "",
      "Examples:",
      "  tripod serve",
      "  tripod serve --port 0 --data /tmp/pods",
      "  tripod serve --config /etc/tripod/tripod.toml"
    })
final class ServeVerb implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port to listen on; 0 takes a free one (default 8080)")
  private @Nullable String port;

  @Option(
      names = "--plc",
      paramLabel = "URL",
      description = "PLC directory to use instead of the embedded one")
  private @Nullable String plc;

  @Option(
      names = "--smtp",
      paramLabel = "HOST:PORT",
      description = "mail server, or smtp:// or smtps:// and its host; else mail goes to the log")
  private @Nullable String smtp;

  @Option(
      names = "--rate-limits",
      description = "hold the limits per address and account in the lab too")
  private boolean rateLimits;

  @Option(
      names = "--allow-outbound",
      paramLabel = "CIDR,…",
      description = "addresses outgoing requests may reach, instead of loopback alone")
  private @Nullable String allowOutbound;

  @Option(
      names = "--lexicon-authority",
      paramLabel = "DID",
      description = "whose repository has the lexicons of every domain, in the lab")
  private @Nullable String lexiconAuthority;

  @Option(
      names = "--appview",
      paramLabel = "URL",
      description = "AppView that is asked for what is not answered here; needs --appview-did")
  private @Nullable String appView;

  @Option(
      names = "--appview-did",
      paramLabel = "DID",
      description = "identity of the AppView, as in did:web:api.example")
  private @Nullable String appViewDid;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private ServeVerb() {}

  @Override
  public Integer call() {
    Map<String, String> given = server.given();
    ServerOptions.put(given, "host.port", port);
    ServerOptions.put(given, "identity.plc", plc);
    ServerOptions.put(given, "mail.smtp", smtp);
    ServerOptions.put(given, "identity.lexicon-authority", lexiconAuthority);
    ServerOptions.put(given, "outbound.allow", allowOutbound);
    ServerOptions.put(given, "atproto.appview.url", appView);
    ServerOptions.put(given, "atproto.appview.did", appViewDid);
    if (rateLimits) {
      given.put("limits.rate", "true");
    }
    Running running = Running.start(given, System.getenv());
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(running::close));
    PrintWriter out = spec.commandLine().getOut();
    running.greeting().forEach(out::println);
    out.println("ready " + running.origin());
    out.flush();
    return TripodCommand.STAYS;
  }
}
