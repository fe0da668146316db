internal import Dispatch
internal import Synchronization

/// Compresses one block after the other, on a thread of its own while there is something to do.
final class DeflateWorker: Sendable {
  private let queue = DispatchQueue(label: "deflate")
  private let deflater: Mutex<Deflater>

  init(level: Int) throws(GzipError) {
    deflater = Mutex(try Deflater(level: level))
  }

  /// Compresses the block some time soon.
  func start(_ block: DeflateBlock) {
    queue.async { self.run(block) }
  }

  /// Compresses the block now.
  func run(_ block: DeflateBlock) {
    deflater.withLock { block.compress(with: &$0) }
  }
}

/// A block on its way through a worker.
final class DeflateBlock: Sendable {
  /// What comes out: the compressed bytes, and what the trailer needs to know of the block.
  struct Output: Sendable {
    let bytes: [UInt8]
    let checksum: Checksum
    let inputCount: Int
  }

  private let input: [UInt8]
  private let dictionary: [UInt8]
  private let isLast: Bool
  private let output = Mutex<Output?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  init(_ input: [UInt8], dictionary: [UInt8], isLast: Bool) {
    self.input = input
    self.dictionary = dictionary
    self.isLast = isLast
  }

  fileprivate func compress(with deflater: inout Deflater) {
    let bytes = deflater.compress(input, dictionary: dictionary, isLast: isLast)
    let result = Output(bytes: bytes, checksum: Checksum(input), inputCount: input.count)
    output.withLock { $0 = result }
    isDone.signal()
  }

  /// Waits until the block is compressed.
  ///
  /// To be called once.
  func wait() -> Output {
    isDone.wait()
    guard let output = output.withLock({ $0.take() }) else {
      preconditionFailure("a block is waited for once")
    }
    return output
  }
}
