package tripod.identity.did;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tripod.identity.Account;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;

/**
 * Identities that are did:web of the pod's own host name: no directory has a say, but whoever
 * serves the name does.
 *
 * @see <a href="https://w3c-ccg.github.io/did-method-web/">did:web</a>
 */
public final class HostedWebs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METHOD = "did:web:";

  private final IdentityConfig config;
  private final IdentityDatabase database;
  private final Function<PodId, String> signingKey;

  /**
   * Serves identities of one host.
   *
   * @param signingKey the {@code did:key} with which a pod signs its repository
   */
  public HostedWebs(
      IdentityConfig config, IdentityDatabase database, Function<PodId, String> signingKey) {
    this.config = config;
    this.database = database;
    this.signingKey = signingKey;
  }

  /** Returns the identity that a pod's host name makes. */
  public static Did of(IdentityConfig config, String host) {
    int port = config.origin().getPort();
    return new Did(METHOD + host + (port < 0 ? "" : "%3A" + port));
  }

  /** Says whether an account's identity is served here, at its pod's own host name. */
  public boolean isServedHere(Account account) {
    return account.did().isWeb() && account.did().equals(of(config, account.host()));
  }

  /** Returns the document of an account whose identity is served here. */
  public Optional<ObjectNode> document(Account account) {
    return isServedHere(account)
        ? Optional.of(state(account).document(account.did()))
        : Optional.empty();
  }

  private PlcState state(Account account) {
    return database
        .query(connection -> stored(connection, account.did()))
        .flatMap(Row::state)
        .orElseGet(
            () ->
                PlcState.of(
                    List.of(),
                    signingKey.apply(account.pod()),
                    account.handle(),
                    config.origin().toString()));
  }

  /** Lets an identity say something else, as when its account moves to another host. */
  ObjectNode change(Account account, PlcWish wish) {
    return store(account.did(), wish.applyTo(state(account), ""));
  }

  private ObjectNode store(Did did, PlcState state) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    state.writeTo(json);
    String text = json.toString();
    if (text.length() > PlcLog.OPERATION_BYTES_MAX) {
      throw new IdentityFailure.Invalid(
          "the document has "
              + text.length()
              + " characters, at most "
              + PlcLog.OPERATION_BYTES_MAX);
    }
    database.change(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE id_did_web SET state = ? WHERE did = ?")) {
            update.setString(1, text);
            update.setString(2, did.value());
            return update.executeUpdate();
          }
        });
    return json;
  }

  /** Lets an identity that was changed claim another handle; any other claims the account's. */
  void claim(Account account, Handle handle) {
    Optional<PlcState> changed =
        database.query(connection -> stored(connection, account.did())).flatMap(Row::state);
    if (changed.isPresent()) {
      store(account.did(), changed.get().withHandle(handle));
    }
  }

  /** Returns the step that begins an identity; a name that had one before is refused. */
  IdentityDatabase.Step registration(Did did) {
    return connection -> {
      if (stored(connection, did).isPresent()) {
        throw new IdentityFailure.HandleTaken("the name had an identity before: " + did);
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO id_did_web (did, state) VALUES (?, NULL)")) {
        insert.setString(1, did.value());
        insert.executeUpdate();
      }
    };
  }

  private record Row(Optional<PlcState> state) {}

  private static Optional<Row> stored(Connection connection, Did did) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT state FROM id_did_web WHERE did = ?")) {
      select.setString(1, did.value());
      try (var row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Row(Optional.ofNullable(row.getString(1)).map(HostedWebs::read)))
            : Optional.empty();
      }
    }
  }

  private static PlcState read(String text) {
    try {
      return PlcWish.parse(JSON.readTree(text)).applyTo(PlcState.NOTHING, "");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored document does not read", e);
    }
  }
}
