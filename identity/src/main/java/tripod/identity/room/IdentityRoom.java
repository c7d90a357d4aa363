package tripod.identity.room;

import java.util.List;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.did.DidResolver;
import tripod.identity.did.Plc;
import tripod.identity.http.OutboundHttp;
import tripod.identity.key.HostKeys;
import tripod.identity.key.PodKeys;
import tripod.identity.route.Route;
import tripod.identity.token.AppPasswords;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.Dpop;
import tripod.identity.token.MailCodes;
import tripod.identity.token.ServiceAuth;
import tripod.identity.token.Sessions;
import tripod.identity.token.SolidTokens;

/** Everything identity gives to the doors. */
public interface IdentityRoom extends AutoCloseable {
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

  /** Returns the addresses this room answers at. */
  List<Route> routes();

  /** Stops what runs in the background. */
  @Override
  void close();
}
