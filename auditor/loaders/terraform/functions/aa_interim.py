import base64, json, hashlib, ipaddress
from auditor.loaders.terraform import convert as C
from auditor.loaders.terraform.types import *
from auditor.loaders.terraform.types import deep_marks, first_unknown
from auditor.model.value import Unknown, JsonText, plain, Value
class F:
    def __init__(s,f,strict=True): s.f=f; s.strict=strict
    def call(s,a,c,p):
        if s.strict:
            for x in a:
                if isinstance(x.data,Unknown): return Typed(Unknown(x.data.reason,False),None,p,deep_marks(a))
        try: return s.f(a,p)
        except (TypeError,KeyError,IndexError,AttributeError,ValueError) as e: raise EvaluationError(str(e))
def T(d,p,t=None,m=None): return Typed(d,t,p,m) if m else Typed(d,t,p)
def je(a,p):
    u=first_unknown(a[0])
    if u: return Typed(Unknown(u.reason,False,tree=a[0]),STRING,p,deep_marks(a))
    return Typed(JsonText(json.dumps(plain(a[0]),separators=(',',':')),a[0]),None,p,deep_marks(a))
def strs(a,p,f): return Typed(f(*[C.convert(x,STRING).data for x in a]),None,p,deep_marks(a))
def merge(a,p):
    d={}
    for x in a:
        if x.data: d.update(x.data.items())
    return T(dict(sorted(d.items())),p)
def flat(x):
    out=[]
    for i in x.data:
        if isinstance(i.data,list): out+=flat(i)
        else: out.append(i)
    return out
def jd(a,p):
    if isinstance(a[0].data,JsonText): return a[0].data.tree
    def w(o):
        if isinstance(o,dict): return T({k:w(v) for k,v in sorted(o.items())},p)
        if isinstance(o,list): return T([w(v) for v in o],p)
        return T(o,p)
    return w(json.loads(a[0].data))
def coalesce(a,p):
    for x in a:
        if x.data not in (None,""): return x
    raise EvaluationError("no non-null, non-empty-string arguments")
def lookup(a,p):
    if isinstance(a[0].data,Unknown): return Typed(Unknown(a[0].data.reason),None,p,deep_marks(a))
    k=a[1].data
    return a[0].data[k] if k in a[0].data else a[2]
FUNCTIONS=dict(jsonencode=F(je,False),jsondecode=F(jd),toset=F(lambda a,p:C.convert(a[0],SetType(DYNAMIC))),tolist=F(lambda a,p:C.convert(a[0],ListType(DYNAMIC))),tomap=F(lambda a,p:C.convert(a[0],MapType(DYNAMIC))),
 tostring=F(lambda a,p:C.convert(a[0],STRING)),tonumber=F(lambda a,p:C.convert(a[0],NUMBER)),tobool=F(lambda a,p:C.convert(a[0],BOOL)),
 length=F(lambda a,p:T(len(a[0].data),p)),range=F(lambda a,p:T([T(i,p) for i in range(*[x.data for x in a])],p,ListType(NUMBER))),
 merge=F(merge),keys=F(lambda a,p:T([T(k,p) for k in sorted(a[0].data)],p,ListType(STRING))),values=F(lambda a,p:T([a[0].data[k] for k in sorted(a[0].data)],p)),
 concat=F(lambda a,p:T([i for x in a for i in x.data],p)),flatten=F(lambda a,p:T(flat(a[0]),p)),element=F(lambda a,p:a[0].data[a[1].data%len(a[0].data)]),
 lookup=F(lookup,False),coalesce=F(coalesce),upper=F(lambda a,p:strs(a,p,str.upper)),lower=F(lambda a,p:strs(a,p,str.lower)),
 join=F(lambda a,p:Typed(a[0].data.join(C.convert(i,STRING).data for i in a[1].data) if not first_unknown(a[1]) else Unknown(first_unknown(a[1]).reason,False),STRING,p,deep_marks(a))),
 split=F(lambda a,p:T([T(x,p) for x in a[1].data.split(a[0].data)],p,ListType(STRING))),replace=F(lambda a,p:strs(a,p,lambda s,x,y:s.replace(x,y))),
 base64encode=F(lambda a,p:strs(a,p,lambda s:base64.b64encode(s.encode()).decode())),sha256=F(lambda a,p:strs(a,p,lambda s:hashlib.sha256(s.encode()).hexdigest())),
 zipmap=F(lambda a,p:T({k.data:v for k,v in zip(a[0].data,a[1].data)},p)),contains=F(lambda a,p:T(any(x.data==a[1].data for x in a[0].data),p)),
 format=F(lambda a,p:strs(a,p,lambda f,*x:(f.replace('%d','%s').replace('%v','%s').replace('%q','"%s"'))%tuple(x))),
 cidrsubnet=F(lambda a,p:T(str(list(ipaddress.ip_network(a[0].data).subnets(new_prefix=ipaddress.ip_network(a[0].data).prefixlen+a[1].data))[a[2].data]),p)),
 distinct=F(lambda a,p:a[0]),compact=F(lambda a,p:T([x for x in a[0].data if x.data],p,ListType(STRING))),trimspace=F(lambda a,p:strs(a,p,str.strip)),
 one=F(lambda a,p:a[0].data[0] if a[0].data else T(None,p)),sort=F(lambda a,p:T(sorted(a[0].data,key=lambda x:str(x.data)),p,ListType(STRING))),
 file=F(lambda a,p:Typed(Unknown("files are read soon",False),STRING,p)),
)
