package tripod.identity.did;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.identity.DidRegistration;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.key.HostKeys;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** Makes did:plc identities under the host's rotation key and changes what they say. */
public final class HostedDids implements DidRegistration {
  private final IdentityConfig config;
  private final HostKeys keys;
  private final Plc plc;
  private final CachingDidResolver resolver;

  /** Works with one directory. */
  public HostedDids(IdentityConfig config, HostKeys keys, Plc plc, CachingDidResolver resolver) {
    this.config = config;
    this.keys = keys;
    this.plc = plc;
    this.resolver = resolver;
  }

  @Override
  public Prepared prepare(Handle handle, String signingKey, Optional<String> recoveryKey) {
    List<String> rotation = new ArrayList<>();
    recoveryKey.ifPresent(rotation::add);
    rotation.add(keys.rotationDidKey());
    PlcState state = PlcState.of(rotation, signingKey, handle, config.origin().toString());
    PlcOperation genesis = PlcOperation.sign(state, Optional.empty(), keys::signRotation);
    PlcLog.checkNew(genesis);
    return plc instanceof PlcDirectory directory
        ? new Embedded(directory, genesis)
        : new Elsewhere(genesis);
  }

  @Override
  public boolean pointsTo(Handle handle, Did did) {
    return resolver.pointsToNow(handle, did);
  }

  @Override
  public void changeHandle(Did did, Handle handle) {
    if (!did.isPlc()) {
      boolean claimed =
          resolver.refresh(did).flatMap(DidDocument::handle).filter(handle::equals).isPresent();
      if (!claimed) {
        throw new IdentityFailure.InvalidHandle("the identity's document does not claim " + handle);
      }
      return;
    }
    PlcOperation last =
        plc.last(did)
            .map(PlcOperation::parse)
            .orElseThrow(() -> new IdentityFailure.NotFound("DID not registered: " + did));
    PlcState state =
        last.state().orElseThrow(() -> new IdentityFailure.Gone("DID not available: " + did));
    PlcState wanted = state.withHandle(handle);
    if (wanted.equals(state)) {
      return;
    }
    if (!state.rotationKeys().contains(keys.rotationDidKey())) {
      throw new IdentityFailure.Forbidden("the identity is not under this host's rotation key");
    }
    PlcOperation next = PlcOperation.sign(wanted, Optional.of(last.cid()), keys::signRotation);
    plc.submit(did, next.json());
  }

  private static final class Embedded implements Prepared {
    private final PlcDirectory directory;
    private final PlcOperation genesis;

    Embedded(PlcDirectory directory, PlcOperation genesis) {
      this.directory = directory;
      this.genesis = genesis;
    }

    @Override
    public Did did() {
      return genesis.did();
    }

    @Override
    public void submit() {
      // Registered in the transaction that makes the pod.
    }

    @Override
    public IdentityDatabase.Step store() {
      return directory.registration(genesis);
    }

    @Override
    public void undo() {
      // Undone with the transaction.
    }
  }

  private final class Elsewhere implements Prepared {
    private final PlcOperation genesis;
    private boolean submitted;

    Elsewhere(PlcOperation genesis) {
      this.genesis = genesis;
    }

    @Override
    public Did did() {
      return genesis.did();
    }

    @Override
    public void submit() {
      plc.submit(genesis.did(), genesis.json());
      submitted = true;
    }

    @Override
    public IdentityDatabase.Step store() {
      return connection -> {};
    }

    @Override
    public void undo() {
      if (submitted) {
        plc.submit(genesis.did(), PlcOperation.tombstone(genesis.cid(), keys::signRotation).json());
      }
    }
  }
}
