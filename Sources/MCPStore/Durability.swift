/// When a commit counts as done.
public enum Durability: String, CaseIterable, Hashable, Sendable {
  /// When it is on disk: it survives a power failure (`synchronous=FULL`).
  ///
  /// What a recorder stores under load, readers see some milliseconds earlier. It is acknowledged
  /// when it is on disk, as everything else.
  case full
  /// When the kernel has it: it survives the death of the program, and a power failure may take
  /// the newest commits, never more (`synchronous=NORMAL`).
  case normal
}
