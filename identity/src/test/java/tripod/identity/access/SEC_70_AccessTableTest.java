package tripod.identity.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tripod.syntax.AccessMode;
import tripod.syntax.AccessRule;
import tripod.syntax.ActorIri;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;
import tripod.syntax.WebId;

/** The whole table of modes, agents and shapes of lists, against a model written apart. */
class SEC_70_AccessTableTest {
  private static final PodNames ALICE =
      new PodNames(
          new PodId(2),
          new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"),
          new Handle("alice.example"),
          URI.create("https://alice.example"),
          "alice");
  private static final String BOB = "https://bob.example/card#me";
  private static final String GROUP = "https://alice.example/groups#friends";
  private static final String APP = "https://app.example";
  private static final Map<String, Set<String>> MEMBERS =
      Map.of(GROUP, Set.of(BOB, ALICE.did().value()));

  private final AccessDecider decider =
      new AccessDecider((group, member) -> MEMBERS.getOrDefault(group, Set.of()).contains(member));

  private static final List<Agent> AGENTS = agents();

  private static List<Agent> agents() {
    List<Agent> agents = new ArrayList<>();
    for (Agent agent :
        List.of(
            Agent.ANYONE,
            Agent.of(new WebId(BOB)),
            Agent.of(new WebId("https://carol.example/card#me")),
            Agent.of(ALICE.webId()),
            Agent.of(ALICE.actor()),
            Agent.of(new ActorIri("https://bob.example/actor")),
            new Agent(
                Optional.empty(),
                Optional.empty(),
                Optional.of(ALICE.did()),
                Optional.empty(),
                Optional.empty()),
            Agent.owner(ALICE))) {
      agents.add(agent);
      agents.add(agent.withOrigin(APP));
      agents.add(agent.withOrigin("https://evil.example"));
      agents.add(agent.withClient("client"));
    }
    return agents;
  }

  private static List<AccessRule> subjects(Set<AccessMode> modes, boolean on, boolean below) {
    return List.of(
        new AccessRule(modes, Set.of(), Set.of(), true, false, Set.of(), on, below),
        new AccessRule(modes, Set.of(), Set.of(), false, true, Set.of(), on, below),
        new AccessRule(modes, Set.of(BOB), Set.of(), false, false, Set.of(), on, below),
        new AccessRule(
            modes, Set.of(ALICE.webId().value()), Set.of(), false, false, Set.of(), on, below),
        new AccessRule(
            modes, Set.of(ALICE.did().value()), Set.of(), false, false, Set.of(), on, below),
        new AccessRule(
            modes, Set.of(ALICE.actor().value()), Set.of(), false, false, Set.of(), on, below),
        new AccessRule(modes, Set.of(), Set.of(GROUP), false, false, Set.of(), on, below),
        new AccessRule(
            modes, Set.of(), Set.of("https://x.example/g#none"), false, false, Set.of(), on, below),
        new AccessRule(modes, Set.of(), Set.of(), false, false, Set.of(APP), on, below),
        new AccessRule(modes, Set.of(BOB), Set.of(), false, false, Set.of(APP), on, below),
        new AccessRule(modes, Set.of(), Set.of(), true, false, Set.of(APP), on, below),
        new AccessRule(modes, Set.of(), Set.of(), false, false, Set.of(), on, below));
  }

  /** The model: asks of one mode at a time, in the words of the specification. */
  private static boolean allowed(List<AccessRule> rules, Agent agent, AccessMode mode) {
    boolean open = false;
    boolean agentAllowed = false;
    boolean originAllowed = false;
    boolean originNamed = false;
    for (AccessRule rule : rules) {
      originNamed |= !rule.origins().isEmpty();
      boolean gives =
          rule.modes().contains(mode)
              || (mode == AccessMode.APPEND && rule.modes().contains(AccessMode.WRITE));
      if (!gives || !(rule.onTarget() || rule.onMembers())) {
        continue;
      }
      open |= rule.everyone();
      agentAllowed |= rule.authenticated() && known(agent);
      for (String name : known(agent) ? names(agent) : Set.<String>of()) {
        agentAllowed |= rule.agents().contains(name);
        for (String group : rule.groups()) {
          agentAllowed |= MEMBERS.getOrDefault(group, Set.of()).contains(name);
        }
      }
      originAllowed |= agent.origin().isPresent() && rule.origins().contains(agent.origin().get());
    }
    boolean originMatters = agent.origin().isPresent() && originNamed;
    return open || (agentAllowed && (!originMatters || originAllowed));
  }

  private static boolean known(Agent agent) {
    return agent.webId().isPresent() || agent.actor().isPresent() || agent.did().isPresent();
  }

  private static Set<String> names(Agent agent) {
    Set<String> names = new HashSet<>();
    agent.webId().ifPresent(name -> names.add(name.value()));
    agent.actor().ifPresent(name -> names.add(name.value()));
    agent.did().ifPresent(name -> names.add(name.value()));
    Set<String> alices = Set.of(ALICE.webId().value(), ALICE.actor().value(), ALICE.did().value());
    if (names.stream().anyMatch(alices::contains)) {
      names.addAll(alices);
    }
    return names;
  }

  private static List<Set<AccessMode>> modeSets() {
    List<Set<AccessMode>> sets = new ArrayList<>();
    for (int bits = 0; bits < 16; bits++) {
      Set<AccessMode> modes = EnumSet.noneOf(AccessMode.class);
      for (AccessMode mode : AccessMode.values()) {
        if ((bits >> mode.ordinal() & 1) != 0) {
          modes.add(mode);
        }
      }
      sets.add(modes);
    }
    return sets;
  }

  private int check(List<AccessRule> rules) {
    int cases = 0;
    for (Agent agent : AGENTS) {
      Set<AccessMode> modes = decider.modes(ALICE, rules, agent);
      for (AccessMode mode : AccessMode.values()) {
        cases++;
        assertEquals(
            allowed(rules, agent, mode),
            modes.contains(mode),
            () -> mode + " for " + agent + " by " + rules);
      }
    }
    return cases;
  }

  @Test
  void SEC_70_everyOneRuleAndPairOfRules_asTheModelSays() {
    int cases = check(List.of());
    List<AccessRule> all = new ArrayList<>();
    for (Set<AccessMode> modes : modeSets()) {
      for (int shape = 0; shape < 4; shape++) {
        all.addAll(subjects(modes, (shape & 1) != 0, (shape & 2) != 0));
      }
    }
    for (AccessRule rule : all) {
      cases += check(List.of(rule));
    }
    List<AccessRule> some = new ArrayList<>();
    for (AccessMode mode : AccessMode.values()) {
      some.addAll(subjects(Set.of(mode), true, false));
    }
    for (AccessRule first : some) {
      for (AccessRule second : some) {
        cases += check(List.of(first, second));
      }
    }
    assertTrue(cases > 300_000, "cases: " + cases);
  }

  @Test
  void SEC_70_longerLists_asTheModelSays() {
    Random random = new Random(70);
    List<Set<AccessMode>> modes = modeSets();
    for (int i = 0; i < 500; i++) {
      List<AccessRule> rules = new ArrayList<>();
      for (int j = 0; j < 3 + random.nextInt(4); j++) {
        List<AccessRule> some =
            subjects(modes.get(random.nextInt(16)), random.nextBoolean(), random.nextBoolean());
        rules.add(some.get(random.nextInt(some.size())));
      }
      check(rules);
    }
  }

  @Test
  void SEC_70_owner_hasNoPowerButByRules() {
    assertEquals(Set.of(), decider.modes(ALICE, List.of(), Agent.owner(ALICE)));
  }
}
