package import MCPStore

/// What a program ends with; the numbers are part of its interface (`sysexits.h`).
package enum ExitStatus: Int32, Sendable {
  /// It did what it was asked.
  case done = 0
  /// Only with `--fail-if-any`: something matched.
  case matched = 1
  /// The command line is wrong.
  case usage = 64
  /// The data is wrong: rejected lines with `--strict`, damage, not our database.
  case badData = 65
  /// There is no such input.
  case noInput = 66
  /// Any other failure.
  case software = 70
  /// The output cannot be created.
  case cannotCreate = 73
  /// Reading or writing failed, the disk is full, or data was lost.
  case inputOutput = 74
  /// The database is busy, or newer than this program: try again later.
  case temporary = 75
  /// This user may not.
  case permission = 77
}

extension ExitStatus {
  /// The status for an error of the store.
  package init(_ reason: StoreError.Reason) {
    self =
      switch reason {
      case .busy, .conflict, .newerVersion, .migrationNeeded, .timeout: .temporary
      case .full, .inputOutput, .removed: .inputOutput
      case .readOnly, .permission, .key: .permission
      case .corrupt, .notADatabase, .foreignDatabase, .invalid: .badData
      case .notFound: .noInput
      case .cannotCreate: .cannotCreate
      case .exists, .closed, .notConfigured, .other: .software
      }
  }
}
