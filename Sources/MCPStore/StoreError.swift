internal import GRDB
internal import MCPEvents
internal import MCPSystem

/// Why the store could not do something.
///
/// No error holds a value that was to be stored.
public struct StoreError: Error, Sendable {
  /// The operation that failed, in the words of the guide.
  public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The code as the guide spells it.
    public let rawValue: String

    /// Takes any code.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The code as the guide spells it.
    public var description: String { rawValue }

    /// The store is not open, or its file cannot be reached.
    public static let connectionFailed = Self(rawValue: "DATABASE_CONNECTION_FAILED")
    /// The store cannot be opened, created or migrated.
    public static let initializationFailed = Self(rawValue: "DATABASE_INITIALIZATION_FAILED")
    /// There is an instance with this id.
    public static let instanceExists = Self(rawValue: "DATABASE_INSTANCE_EXISTS")
    /// There is no instance with this id.
    public static let instanceNotFound = Self(rawValue: "DATABASE_INSTANCE_NOT_FOUND")
    /// There is a relationship of this type between these instances.
    public static let relationshipExists = Self(rawValue: "DATABASE_RELATIONSHIP_EXISTS")
    /// A record could not be created.
    public static let insertFailed = Self(rawValue: "DATABASE_INSERT_FAILED")
    /// A record could not be changed.
    public static let updateFailed = Self(rawValue: "DATABASE_UPDATE_FAILED")
    /// A record could not be deleted.
    public static let deleteFailed = Self(rawValue: "DATABASE_DELETE_FAILED")
    /// Records could not be read.
    public static let queryFailed = Self(rawValue: "DATABASE_QUERY_FAILED")
    /// Events could not be stored.
    public static let logFailed = Self(rawValue: "DATABASE_LOG_FAILED")
    /// Anything else: vacuum, backup, sync, configuration values.
    public static let operationFailed = Self(rawValue: "DATABASE_OPERATION_FAILED")
  }

  /// What was in the way.
  public enum Reason: String, Hashable, Sendable {
    /// Another process held the write lock longer than the busy timeout.
    case busy
    /// The disk, or the quota, is full.
    case full
    /// The file or its file system cannot be written.
    case readOnly
    /// This user may not read or write the file.
    case permission
    /// Reading or writing the disk failed.
    case inputOutput
    /// Another process has stored what this one was about to store.
    case conflict
    /// The file was removed or replaced while it was open.
    case removed
    /// The file is damaged.
    case corrupt
    /// The file is no SQLite database.
    case notADatabase
    /// The file is a database of another program.
    case foreignDatabase
    /// The file needs a newer version of this program.
    case newerVersion
    /// The file needs a migration that has not been run.
    case migrationNeeded
    /// There is no such file or record.
    case notFound
    /// The file cannot be created.
    case cannotCreate
    /// There is such a record already.
    case exists
    /// A value is not allowed.
    case invalid
    /// The store has been disconnected.
    case closed
    /// The operation took longer than the query timeout.
    case timeout
    /// A key is missing, wrong, or does not fit a value.
    case key
    /// The operation is not configured, such as a sync without a server.
    case notConfigured
    /// None of the others.
    case other
  }

  /// The operation that failed.
  public let code: Code
  /// What was in the way.
  public let reason: Reason
  /// What failed, on what, and what to do about it.
  public let message: String
  /// The failure underneath, if there is one.
  public let cause: (any Error)?

  package init(_ code: Code, _ reason: Reason, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.reason = reason
    self.message = message
    self.cause = cause
  }
}

extension StoreError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}

extension StoreError {
  /// An error of an operation that was under way, whatever made it fail.
  ///
  /// - Parameters:
  ///   - code: The operation.
  ///   - action: What was being done, to what, such as `store 500 events in /home/me/events.db`.
  ///   - cause: What was thrown. A `StoreError` stays what it is.
  /// - Returns: The error to throw.
  static func wrapping(_ code: Code, _ action: String, _ cause: any Error) -> Self {
    if let error = cause as? StoreError { return error }
    if let refusal = cause as? LineRejection {
      return Self(code, .invalid, "cannot \(action): \(refusal.message)", cause: refusal)
    }
    let reason = Reason(cause)
    let advice = reason.advice.map { "; \($0)" } ?? ""
    return Self(code, reason, "cannot \(action): \(reason.text(cause))\(advice)", cause: cause)
  }
}

extension StoreError.Reason {
  /// The reason behind an error of SQLite.
  init(_ error: any Error) {
    if let error = error as? StoreError {
      self = error.reason
      return
    }
    if let error = error as? SystemError {
      self.init(error)
      return
    }
    guard let error = error as? DatabaseError else {
      self = .other
      return
    }
    self =
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_FULL: .full
      case .SQLITE_READONLY: .readOnly
      case .SQLITE_PERM, .SQLITE_AUTH: .permission
      case .SQLITE_IOERR: .inputOutput
      case .SQLITE_CORRUPT: .corrupt
      case .SQLITE_NOTADB: .notADatabase
      case .SQLITE_CANTOPEN: .cannotCreate
      case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_RANGE: .invalid
      case .SQLITE_INTERRUPT, .SQLITE_ABORT: .timeout
      default: .other
      }
  }

  /// The reason behind an error of the operating system.
  private init(_ error: SystemError) {
    self =
      if error.isNotFound {
        .notFound
      } else if error.isAlreadyExists {
        .exists
      } else if error.isNoSpace {
        .full
      } else if error.isReadOnlyFileSystem {
        .readOnly
      } else if error.isPermissionDenied {
        .permission
      } else {
        .inputOutput
      }
  }

  /// What to do about it.
  fileprivate var advice: String? {
    switch self {
    case .busy: "another process is writing: try again, or raise the busy timeout"
    case .full: "free some space and try again: nothing was half written"
    case .readOnly: "check that the file and its directory may be written"
    case .permission, .cannotCreate: "check that the directory exists and may be written"
    case .corrupt: "restore a backup, or save what is readable with sqlite3's .recover"
    default: nil
    }
  }

  fileprivate func text(_ cause: any Error) -> String {
    switch self {
    case .busy: "the database is locked"
    case .full: "the disk is full"
    case .readOnly: "it is read-only"
    case .notADatabase: "the file is no SQLite database"
    case .corrupt: "the file is damaged"
    default: (cause as? DatabaseError)?.message ?? "\(cause)"
    }
  }
}
