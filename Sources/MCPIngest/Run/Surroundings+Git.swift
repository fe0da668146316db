package import MCPStore
internal import MCPSystem

extension Surroundings {
  /// What is known of where this process runs: directory, branch, repository, machine and user.
  ///
  /// Git's own files are read; no program is started.
  package static func current() -> Self {
    var surroundings = Self()
    surroundings.host = ProcessEnvironment.hostName
    surroundings.user = ProcessEnvironment.userName
    guard let directory = try? ProcessEnvironment.currentDirectory() else { return surroundings }
    surroundings.worktreePath = directory
    guard let worktree = GitWorktree(containing: directory) else { return surroundings }
    surroundings.worktreePath = worktree.path
    surroundings.branchName = worktree.branch
    surroundings.repository = worktree.repository
    return surroundings
  }
}
