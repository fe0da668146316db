// The vocabulary of events is part of this module's interface: whoever imports the store gets it.
@_exported public import MCPEvents
