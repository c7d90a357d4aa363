package tripod.identity.room;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tripod.identity.AccountQueries;
import tripod.identity.Accounts;
import tripod.identity.AuditLog;
import tripod.identity.DueDeletions;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityDatabase;
import tripod.identity.Invites;
import tripod.identity.Mailer;
import tripod.identity.PodCreation;
import tripod.identity.Reports;
import tripod.identity.Secret;
import tripod.identity.Takedowns;
import tripod.identity.did.DidResolver;
import tripod.identity.did.IdentityChanges;
import tripod.identity.did.Plc;
import tripod.identity.did.PlcStream;
import tripod.identity.did.TxtLookup;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRules;
import tripod.identity.key.HostKeys;
import tripod.identity.key.MasterKey;
import tripod.identity.key.PodKeys;
import tripod.identity.key.ReservedKeys;
import tripod.identity.oauth.Authorizations;
import tripod.identity.oauth.GrantStore;
import tripod.identity.route.RateLimiter;
import tripod.identity.route.Route;
import tripod.identity.scope.PermissionSets;
import tripod.identity.token.AdminAuth;
import tripod.identity.token.AppPasswords;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.Dpop;
import tripod.identity.token.MailCodes;
import tripod.identity.token.OAuthAccess;
import tripod.identity.token.ServiceAuth;
import tripod.identity.token.Sessions;
import tripod.identity.token.SolidTokens;

/** Everything identity gives to the doors. */
public interface IdentityRoom extends AutoCloseable {
  /**
   * Opens the room: brings its tables up to date, reads or makes the host's keys, and puts all
   * together.
   */
  static IdentityRoom open(IdentityConfig config, Ground ground) {
    return OpenRoom.open(config, ground);
  }

  /**
   * What the room stands on.
   *
   * @param database the pods' database
   * @param pods how pods come and go
   * @param master the host's master key
   * @param outbound where the server may go
   * @param adminToken the token of the admin interface
   * @param mailer how mail is sent
   * @param profiles how WebID documents of others are read
   * @param clock the clock
   * @param random the source of randomness
   */
  record Ground(
      IdentityDatabase database,
      PodCreation pods,
      MasterKey master,
      OutboundRules outbound,
      Secret adminToken,
      Mailer mailer,
      SolidTokens.ProfileReader profiles,
      InstantSource clock,
      SecureRandom random) {}

  /** Returns what identity knows of the host. */
  IdentityConfig config();

  /** Returns the accounts. */
  Accounts accounts();

  /** Returns the keys of pods. */
  PodKeys podKeys();

  /** Returns the keys of the host. */
  HostKeys hostKeys();

  /** Returns the directory that is used: the embedded one or another. */
  Plc plc();

  /** Returns the resolver of identities and handles. */
  DidResolver dids();

  /** Returns the domain name system as this host sees it. */
  default TxtLookup txt() {
    return TxtLookup.NONE;
  }

  /** Returns the one client for outgoing requests. */
  OutboundHttp outbound();

  /** Returns sessions with access and refresh tokens. */
  Sessions sessions();

  /** Returns app passwords. */
  AppPasswords appPasswords();

  /** Returns tokens between servers. */
  ServiceAuth serviceAuth();

  /** Returns codes by mail. */
  MailCodes mailCodes();

  /** Returns credentials of scripts. */
  ClientCredentials clientCredentials();

  /** Returns bearer tokens of the ActivityPub client door. */
  BearerTokens bearerTokens();

  /** Returns the check of proofs. */
  Dpop dpop();

  /** Returns tokens of Solid-OIDC. */
  SolidTokens solidTokens();

  /** Returns invitations. */
  default Invites invites() {
    throw new UnsupportedOperationException("invites");
  }

  /** Returns the signing keys reserved for accounts to come. */
  default ReservedKeys reservedKeys() {
    throw new UnsupportedOperationException("reservedKeys");
  }

  /** Returns what operators took out of sight. */
  default Takedowns takedowns() {
    throw new UnsupportedOperationException("takedowns");
  }

  /** Returns what operators ask of accounts. */
  default AccountQueries accountQueries() {
    throw new UnsupportedOperationException("accountQueries");
  }

  /** Returns the removal of accounts whose time is over; it runs once it was started. */
  default DueDeletions dueDeletions() {
    throw new UnsupportedOperationException("dueDeletions");
  }

  /** Returns the check of who is an operator. */
  default AdminAuth adminAuth() {
    throw new UnsupportedOperationException("adminAuth");
  }

  /** Returns how mail is sent. */
  default Mailer mailer() {
    throw new UnsupportedOperationException("mailer");
  }

  /** Returns what counts requests. */
  default RateLimiter rateLimiter() {
    throw new UnsupportedOperationException("rateLimiter");
  }

  /** Returns the audit log. */
  default AuditLog audit() {
    throw new UnsupportedOperationException("audit");
  }

  /** Returns what the pages of the authorization server need. */
  default Authorizations authorizations() {
    throw new UnsupportedOperationException("authorizations");
  }

  /** Returns what people allowed apps. */
  default GrantStore grants() {
    throw new UnsupportedOperationException("grants");
  }

  /** Returns the check of ATProto's OAuth access tokens. */
  default OAuthAccess oauthAccess() {
    throw new UnsupportedOperationException("oauthAccess");
  }

  /**
   * Says who finds permission sets from now on: the ATProto door, which is made after this room.
   * Until then none is found.
   */
  default void findPermissionSetsWith(PermissionSets sets) {
    throw new UnsupportedOperationException("permission sets");
  }

  /** Returns what signs and sends changes of identities. */
  default IdentityChanges identityChanges() {
    throw new UnsupportedOperationException("identityChanges");
  }

  /** Returns the log of the embedded directory as a stream; empty where another is used. */
  default Optional<PlcStream> directoryStream() {
    return Optional.empty();
  }

  /** Begins what runs in the background. */
  default void start() {}

  /** Returns what members reported to the operator. */
  default Reports reports() {
    throw new UnsupportedOperationException("reports");
  }

  /** Returns the addresses this room answers at. */
  List<Route> routes();

  /** Stops what runs in the background. */
  @Override
  void close();
}
