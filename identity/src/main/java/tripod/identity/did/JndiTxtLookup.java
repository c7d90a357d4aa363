package tripod.identity.did;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Collectors;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Asks name servers by the JDK's DNS client: the machine's own, or those that are named. */
public final class JndiTxtLookup implements TxtLookup {
  private static final String TIMEOUT_MS = "1500";
  private static final String TRIES = "2";
  private static final int TEXTS_MAX = 50;

  private final String servers;

  /** Asks the machine's own name servers. */
  public JndiTxtLookup() {
    this(List.of());
  }

  /**
   * Asks name servers.
   *
   * @param servers addresses, with a port behind a colon where it is not 53, asked in order until
   *     one answers; none for the machine's own
   */
  public JndiTxtLookup(List<String> servers) {
    this.servers =
        servers.stream().map(server -> "dns://" + server + "/").collect(Collectors.joining(" "));
  }

  @Override
  @SuppressWarnings({
    "JdkObsolete",
    "BanJNDI"
  }) // JNDI wants a Hashtable; the name is checked before
  public List<String> texts(String name) {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MS);
    settings.put("com.sun.jndi.dns.timeout.retries", TRIES);
    if (!servers.isEmpty()) {
      settings.put(Context.PROVIDER_URL, servers);
    }
    List<String> texts = new ArrayList<>();
    try {
      InitialDirContext context = new InitialDirContext(settings);
      try {
        Attribute records = context.getAttributes(name + ".", new String[] {"TXT"}).get("TXT");
        if (records != null) {
          NamingEnumeration<?> values = records.getAll();
          while (values.hasMore() && texts.size() < TEXTS_MAX) {
            texts.add(joined(values.next().toString()));
          }
        }
      } finally {
        context.close();
      }
    } catch (NamingException e) {
      // No such name and no answer look alike here, and both mean that nothing was proved.
      return List.of();
    }
    return texts;
  }

  /**
   * Joins the chunks of a record. The client writes a space between them, quotation marks around
   * one that has spaces itself, and a backslash before marks and backslashes.
   */
  static String joined(String text) {
    StringBuilder joined = new StringBuilder(text.length());
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        joined.append(text.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c != ' ' || quoted) {
        joined.append(c);
      }
    }
    return joined.toString();
  }
}
