"""Reading what people enter into an institution's file: shapes and widgets."""
