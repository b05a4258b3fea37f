/// An engine that is to be given every file, however few its rows.
package protocol WritesEveryFile: Engine {}
