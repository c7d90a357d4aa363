package tripod.atproto.proxy;

import java.util.Locale;
import java.util.Set;
import tripod.syntax.Nsid;

/** What other services may not do for somebody, or not for everybody (atproto.md 1.4). */
public final class GuardedMethods {
  /** In lower case: these names are compared without regard to it. */
  private static final Set<String> PROTECTED =
      Set.of(
          "com.atproto.admin.sendemail",
          "com.atproto.identity.requestplcoperationsignature",
          "com.atproto.identity.signplcoperation",
          "com.atproto.identity.updatehandle",
          "com.atproto.server.activateaccount",
          "com.atproto.server.confirmemail",
          "com.atproto.server.createapppassword",
          "com.atproto.server.deactivateaccount",
          "com.atproto.server.getaccountinvitecodes",
          "com.atproto.server.getsession",
          "com.atproto.server.listapppasswords",
          "com.atproto.server.requestaccountdelete",
          "com.atproto.server.requestemailconfirmation",
          "com.atproto.server.requestemailupdate",
          "com.atproto.server.revokeapppassword",
          "com.atproto.server.updateemail");

  private static final String CREATE_ACCOUNT = "com.atproto.server.createaccount";
  private static final String CHAT = "chat.bsky.";

  private GuardedMethods() {}

  /** Says whether a method is the account's own business, so that no service is asked for it. */
  public static boolean isProtected(Nsid method) {
    return PROTECTED.contains(lower(method));
  }

  /** Says whether a method needs the account's password or a privileged app password. */
  public static boolean isPrivileged(Nsid method) {
    return isCreateAccount(method) || lower(method).startsWith(CHAT);
  }

  /** Says whether a method is the one by which an account moves away. */
  public static boolean isCreateAccount(Nsid method) {
    return lower(method).equals(CREATE_ACCOUNT);
  }

  private static String lower(Nsid method) {
    return method.value().toLowerCase(Locale.ROOT);
  }
}
