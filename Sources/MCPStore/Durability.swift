/// When a commit counts as done.
public enum Durability: String, CaseIterable, Hashable, Sendable {
  /// When it is on disk: it survives a power failure (`synchronous=FULL`).
  case full
  /// When the kernel has it: it survives the death of the program, and a power failure may take
  /// the newest commits, never more (`synchronous=NORMAL`).
  case normal
}
