package import Columnar

/// The states of a series step's calls at the ends of entities: those to go on from, and those that were reached.
package final class EntityStates {
    /// What is known of one entity after the last of its rows.
    package struct Reached {
        package let entity: [Value]
        package let lastTime: Value
        /// By call; empty for a call whose result an earlier one computes.
        package fileprivate(set) var states: [[UInt8]]
    }

    package private(set) var reached: [Reached] = []
    package let resumed: [[Value]: [[UInt8]]]
    private var entities: [[Value]] = []
    private var lastTimes: [Value] = []
    private var time: Value = .null
    private var callCount = 0

    /// An entity of `resumed`, with a state per call, goes on from these; others begin with their first row.
    package init(resumed: [[Value]: [[UInt8]]] = [:]) { self.resumed = resumed }

    // MARK: For the stage

    func expect(calls: Int) { callCount = calls }

    /// Takes note of a batch whose rows `starts` begin an entity, beside the stream's first row.
    func note(_ batch: RecordBatch, starts: [Int], entity: [Int], time column: Int) {
        let firsts = entities.isEmpty ? [0] + starts : starts
        for row in firsts {
            if !entities.isEmpty { lastTimes.append(row > 0 ? batch.columns[column][row - 1] : time) }
            entities.append(entity.map { batch.columns[$0][row] })
        }
        time = batch.columns[column][batch.count - 1]
    }

    func noteEnd() { if !entities.isEmpty { lastTimes.append(time) } }

    /// What a call goes on from at the entity with this number, counted from 0; nil where it begins anew.
    func state(of call: Int, entity: Int) -> [UInt8]? { resumed[entities[entity]]?[call] }

    func keep(_ state: [UInt8], of call: Int, entity: Int) {
        if entity == reached.count {
            let none = [[UInt8]](repeating: [], count: callCount)
            reached.append(Reached(entity: entities[entity], lastTime: lastTimes[entity], states: none))
        }
        reached[entity].states[call] = state
    }
}
