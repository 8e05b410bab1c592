SAMENESSES={}
def written_otherwise(source, draw): raise NotImplementedError
