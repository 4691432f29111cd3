"""What a syllabus has to be, as plain functions of plain values."""
