/**
 * Repositories: the signed tree over all public records of a pod.
 *
 * <p>Main types: {@link tripod.atproto.repo.Mst}, the tree; {@link
 * tripod.atproto.repo.RepoProjection}, which follows every commit of a pod, whichever door it came
 * through; {@link tripod.atproto.repo.RepoImport} and {@link tripod.atproto.repo.RepoExport}. Its
 * rule: the repository holds exactly the resources that pass the public gate and have a record, and
 * record bytes are never made anew from anything else.
 *
 * @see <a href="https://atproto.com/specs/repository">AT Protocol: repository</a>
 * @see <a href="https://atproto.com/specs/sync">AT Protocol: synchronization</a>
 */
@NullMarked
package tripod.atproto.repo;

import org.jspecify.annotations.NullMarked;
