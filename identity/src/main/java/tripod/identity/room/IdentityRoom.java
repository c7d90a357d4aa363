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
import tripod.identity.ReservedHandles;
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
  TxtLookup txt();

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
  Invites invites();

  /** Returns the handles that operators keep. */
  ReservedHandles reservedHandles();

  /** Returns the signing keys reserved for accounts to come. */
  ReservedKeys reservedKeys();

  /** Returns what operators took out of sight. */
  Takedowns takedowns();

  /** Returns what operators ask of accounts. */
  AccountQueries accountQueries();

  /** Returns the removal of accounts whose time is over; it runs once it was started. */
  DueDeletions dueDeletions();

  /** Returns the check of who is an operator. */
  AdminAuth adminAuth();

  /** Returns how mail is sent. */
  Mailer mailer();

  /** Returns what counts requests. */
  RateLimiter rateLimiter();

  /** Returns the audit log. */
  AuditLog audit();

  /** Returns what the pages of the authorization server need. */
  Authorizations authorizations();

  /** Returns what people allowed apps. */
  GrantStore grants();

  /** Returns the check of ATProto's OAuth access tokens. */
  OAuthAccess oauthAccess();

  /**
   * Says who finds permission sets from now on: the ATProto door, which is made after this room.
   * Until then none is found.
   */
  void findPermissionSetsWith(PermissionSets sets);

  /** Returns what signs and sends changes of identities. */
  IdentityChanges identityChanges();

  /** Returns the log of the embedded directory as a stream; empty where another is used. */
  Optional<PlcStream> directoryStream();

  /** Begins what runs in the background. */
  void start();

  /** Returns what members reported to the operator. */
  Reports reports();

  /** Returns the addresses this room answers at. */
  List<Route> routes();

  /** Stops what runs in the background. */
  @Override
  void close();
}
