import MCPStore
import Testing

/// Expects a store's error, and returns it for a closer look.
@discardableResult
func expectFailure<Value>(
  _ code: StoreError.Code,
  _ reason: StoreError.Reason,
  mentioning words: String...,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> Value
) async -> StoreError? {
  do {
    _ = try await body()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    return nil
  } catch let error as StoreError {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    #expect(error.reason == reason, "\(error)", sourceLocation: sourceLocation)
    for word in words {
      #expect(error.message.contains(word), sourceLocation: sourceLocation)
    }
    return error
  } catch {
    Issue.record("not a StoreError: \(error)", sourceLocation: sourceLocation)
    return nil
  }
}
