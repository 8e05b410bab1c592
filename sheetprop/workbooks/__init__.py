"""What a workbook holds, without right and wrong: read, written, marked."""
