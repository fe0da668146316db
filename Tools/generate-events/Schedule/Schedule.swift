/// Decides who calls what and when: a few agents at a time, each in bursts, all in order of time.
struct Schedule {
  private static let mostActive = 6
  private static let thinkingMilliseconds = 150...6_000
  private static let pauseMilliseconds = 20_000...240_000
  private static let beginningMilliseconds = 500...30_000

  private var random: RandomNumbers
  private let options: WorkloadOptions
  private let failure: Chance
  private let pause = Chance.one(in: 12)
  private let toolsOfRole: [[Tool]]
  private var lanes: [Lane] = []
  private var sessionCount = 0
  private var candidate = 0

  /// What one active agent is doing: its session and the call that ends next.
  struct Lane {
    var session: Session
    var call: Call
  }

  init(_ options: WorkloadOptions) {
    self.options = options
    random = RandomNumbers(seed: options.seed)
    failure = Chance(options.failureRate)
    toolsOfRole = Role.allCases.map(\.tools)
    for _ in 0..<min(options.instances, Self.mostActive) {
      let session = nextSession(replacing: nil)
      let call = nextCall(of: session, after: options.start.milliseconds)
      lanes.append(Lane(session: session, call: call))
    }
  }

  /// Hands out the call that ends next, and plans the one after it.
  mutating func next() -> Lane {
    let index = earliest
    let lane = lanes[index]
    lanes[index].session.advance()
    if lanes[index].session.isOver { lanes[index].session = nextSession(replacing: index) }
    lanes[index].call = nextCall(of: lanes[index].session, after: lane.call.time)
    return lane
  }

  private var earliest: Int {
    var earliest = 0
    for index in 1..<max(lanes.count, 1) where lanes[index].call.time < lanes[earliest].call.time {
      earliest = index
    }
    return earliest
  }

  private mutating func nextCall(of session: Session, after time: Int) -> Call {
    let tools = toolsOfRole[session.instance.role.rawValue]
    let tool = tools[random.number(below: tools.count)]
    let ending = nextEnding()
    let duration = random.skewedNumber(
      in: ending.durationMicroseconds ?? tool.durationMicroseconds
    )
    return Call(
      tool: tool,
      ending: ending,
      durationMicroseconds: duration,
      time: time + waiting(before: session) + (duration + 999) / 1_000,
      statusChange: statusChange(of: session)
    )
  }

  private mutating func nextEnding() -> Ending {
    guard random.isTrue(with: failure) else { return .succeeded }
    return Ending(unsuccessful: random.number(below: 100))
  }

  private mutating func waiting(before session: Session) -> Int {
    if session.isFirst { return random.number(in: Self.beginningMilliseconds) }
    if random.isTrue(with: pause) { return random.number(in: Self.pauseMilliseconds) }
    return random.skewedNumber(in: Self.thinkingMilliseconds)
  }

  private func statusChange(of session: Session) -> StatusChange? {
    let role = session.instance.role
    guard role.opensPullRequests else { return nil }
    if session.isLast { return role == .coding ? .pullRequestCreated : .waitingReview }
    return session.isFirst ? .started : nil
  }

  private mutating func nextSession(replacing lane: Int?) -> Session {
    let number = nextInstance(replacing: lane)
    let session = Session(
      serial: sessionCount,
      of: Instance(number: number),
      options: options,
      random: &random
    )
    sessionCount += 1
    return session
  }

  /// The next instance in turn that is not at work in another lane.
  private mutating func nextInstance(replacing lane: Int?) -> Int {
    var number: Int
    repeat {
      number = candidate
      candidate = (candidate + 1) % options.instances
    } while lanes.indices.contains { $0 != lane && lanes[$0].session.instance.number == number }
    return number
  }
}
