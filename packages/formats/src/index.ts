/** Quiz files in and out. Pure: bytes become questions and a report per row, and the other way round. */
