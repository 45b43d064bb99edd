/* statements.h - all SQL that reads and writes rows; the schema itself stands in schema.c. */
#ifndef SLK_LEDGER_STATEMENTS_H
#define SLK_LEDGER_STATEMENTS_H

/* clang-format off */
#define SLK_STATEMENTS(X) \
    X(BEGIN, "BEGIN IMMEDIATE") \
    X(COMMIT, "COMMIT") \
    X(ROLLBACK, "ROLLBACK") \
    X(SAVE, "SAVEPOINT one") \
    X(RELEASE, "RELEASE one") \
    X(UNDO, "ROLLBACK TO one")
/* clang-format on */

#endif
