/// The readable names that make an event storable once: `<family>:<scope>:<call id>[:phase]`.
package enum EventUID {
  /// The family of events that were read from an archive: `archive:<database id>:<event id>`.
  package static let archivePrefix = "archive:"
}
