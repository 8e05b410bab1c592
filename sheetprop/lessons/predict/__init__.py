"""The sheet Predict: questions to answer before the workbook shows the answers."""
