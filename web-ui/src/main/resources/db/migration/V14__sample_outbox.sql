-- What rounds propose is written to a topic, too: noted in the transaction that opens the round, and deleted when the
-- broker has it, so that a broker that is away loses nothing and holds no transaction.
CREATE TABLE sample_outbox (
  id   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- io.assay.stream.contract.SampleRecord. json, as evidence is.
  body json        NOT NULL,
  -- When it is sent (again); whoever sends it moves this on first, so that nobody else does meanwhile.
  next timestamptz NOT NULL
);

CREATE INDEX sample_outbox_due ON sample_outbox (next, id);
