package tripod.console.oauth;

import tripod.identity.oauth.Authorizations;
import tripod.identity.oauth.GrantStore;
import tripod.identity.token.AppPasswords;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.Sessions;

/**
 * How programs get in, so that the console can ask a person, and show and end what came of it.
 *
 * @param authorizations requests of apps
 * @param grants what was allowed
 * @param sessions of programs that were given a password
 * @param passwords made for single programs
 * @param credentials of scripts
 */
public record Apps(
    Authorizations authorizations,
    GrantStore grants,
    Sessions sessions,
    AppPasswords passwords,
    ClientCredentials credentials) {}
