/// The version of the programs.
package enum ProgramVersion {
  /// As `--version` prints it.
  package static let current = "0.1.0"
}
